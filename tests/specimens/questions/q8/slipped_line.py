q8 = {
    "dL_dp": "2p - 2y",
    "dp_dz": "e^z/(1 + e^z)",
    "dL_dw": "2(p - y) * e^z/(1 + e^z) * x3",
    "steps": [
        "dL/dw3 = 2(p - y) * dp/dz * dz/dw3",
        "= 2(p - y) * e^z/(1 + e^z) * x3",
        "= (2p - y) x3 e^z/(1 + e^z)",
        "= (2p - y) x3 / (1 + e^(-z))",
    ],
}
