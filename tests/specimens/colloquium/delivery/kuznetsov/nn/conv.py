# -*- coding: utf-8 -*-
"""Свёрточный слой. Сначала честная свёртка с шагом 1, потом прореживание."""
import numpy as np

from .padding import pad, unpad


def _full_step(P, K):
    """корреляция с шагом 1: сумма сдвинутых картинок"""
    h, w = P.shape[0] - K.shape[0] + 1, P.shape[1] - K.shape[1] + 1
    out = np.zeros((h, w))
    for a, row in enumerate(K):
        for b, k in enumerate(row):
            out += k * P[a:a + h, b:b + w]
    return out


def conv2d(V, W, padding, stride):
    return _full_step(pad(V, padding), np.rot90(W, 2))[::stride, ::stride]


def conv2d_backward(dG, V, W, padding, stride):
    P = pad(V, padding)
    # "раздвигаем" градиент нулями до шага 1
    up = np.zeros((P.shape[0] - W.shape[0] + 1, P.shape[1] - W.shape[1] + 1))
    up[::stride, ::stride] = dG
    dW = np.rot90(_full_step(P, up), 2)
    kh, kw = W.shape
    wide = np.pad(up, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return unpad(_full_step(wide, W), padding), dW
