q14_receptive = 53
q14_ways = ['1', '2', '3']
q14_dX = [[0, 0, 0], [-1, 0, 2], [-4, 0, 0]]


def receptive_field(layers):
    total, product = 1, 1
    for kernel, stride in layers:
        total += product * (kernel - 1)
        product *= stride
    return total


def cells(i, j, size, stride):
    return [(i * stride + a, j * stride + b) for a in range(size[0]) for b in range(size[1])]


def maxpool(X, size, stride):
    H, W = len(X), len(X[0])
    return [
        [
            max(X[r][c] for r, c in cells(i, j, size, stride))
            for j in range((W - size[1]) // stride + 1)
        ]
        for i in range((H - size[0]) // stride + 1)
    ]


def maxpool_backward(dY, X, size, stride):
    grad = [[0.0] * len(X[0]) for _ in X]
    for i, row in enumerate(dY):
        for j, incoming in enumerate(row):
            inside = cells(i, j, size, stride)
            top = max(X[r][c] for r, c in inside)
            winners = [(r, c) for r, c in inside if X[r][c] == top]
            for r, c in winners:
                grad[r][c] += incoming / len(winners)
    return grad
