# only the way through s_2; that w itself stands in a_3 is forgotten
q17_steps = [
    "f'(a_3) * w * f'(a_2) * (s_1 + w f'(a_1) s_0)",
    "w f'(a_3) f'(a_2) s_1 + w^2 f'(a_3) f'(a_2) f'(a_1) s_0",
]
