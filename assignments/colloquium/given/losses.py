"""Derivatives of losses L(y, z) by the answer z, for the task on gradient boosting; y and z are arrays."""

import numpy as np


def squared(y, z):
    """Derivative by z of (y − z)²."""
    return -2 * (y - z)


def logistic(y, z):
    """Derivative by z of ln(1 + exp(−yz)), labels −1 and 1."""
    return -y / (1 + np.exp(y * z))


def exponential(y, z):
    """Derivative by z of exp(−yz), labels −1 and 1."""
    return -y * np.exp(-y * z)


def log_cosh(y, z):
    """Derivative by z of ln ch(z − y)."""
    return np.tanh(z - y)
