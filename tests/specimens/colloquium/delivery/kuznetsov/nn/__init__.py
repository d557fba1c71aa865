from .conv import conv2d, conv2d_backward
from .linear import *
