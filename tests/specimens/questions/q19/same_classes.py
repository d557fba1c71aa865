q19 = {
    "when": "1, 3, 4, 6",
    "match": "1-B 2-D 3-A 4-C",
    "rate": "1",
    "layers": "3 < 2 < 1 < 4",
}
