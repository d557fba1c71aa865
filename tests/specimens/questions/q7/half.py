import numpy

q7_mse = "y-z"
q7_logistic = "y*exp(-y*z)/(1+exp(-y*z))"
q7_other = "y/exp(y z)"
q7_shifts = "-1 -3 -7 5"
q7_added = [[0], [-1], [3], [-5]]
q7_fitted = "3)"


def gradient_boost(X, y, fit, dloss, N):
    answer = numpy.zeros(y.shape)
    while N:
        gradient = numpy.array([float(dloss(y, answer)[i]) for i in range(y.size)])
        answer += fit(X, gradient * -1)(X)
        N -= 1
    return answer
