from math import *

q7_logistic = "y/(1+e^(-yz))"
