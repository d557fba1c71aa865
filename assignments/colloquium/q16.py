r"""A simple recurrent network

A recurrent network reads a sequence $x_1, x_2, …$ and carries its state along: $a_t = U x_t + W s_{t-1}$,
$s_t = f(a_t)$, $o_t = \mathrm{softmax}(V s_t)$. The state $s_0$ is given and depends on nothing.

*The derivative of a state.* Here everything is a number: $a_t = u x_t + w s_{t-1}$. Write $f'(a_1)$, $f'(a_2)$ for
the derivatives of the activation (`f'(a_2)`, `f'(a2)`, `df/da_2`), and use $w$, $u$, $x_t$, $a_t$ and $s_t$ as you
like.

*By hand.* Again numbers: $u = {u}$, $w = 2$, $s_0 = {s0}$, the inputs are $x_1, x_2, x_3 = {x1}, {x2}, {x3}$, and
$f(a) = a$ for $a > 0$, $f(a) = \frac{1}{2} a$ else.

*A language model* gives the probability of a text, $P(x_0, …, x_n) = P(x_0) P(x_1|x_0) ⋯ P(x_n|x_0, …, x_{n-1})$.
There are two words, a and b. The first word is a with the probability {a}. After a comes a with the probability
{after_a}, after b comes a with the probability {after_b}, whatever was before.

*In Python, with numpy arrays.* Write `rnn_forward(X, s0, U, W, V)`, which returns the pair `(S, O)` of states and
outputs with $f = \tanh$. Shapes: `(T, n)` for `X`, `(d,)` for `s0`, `(d, n)`, `(d, d)`, `(m, d)` for `U`, `W`, `V`;
row `t` of `S`, `(T, d)`, and of `O`, `(T, m)`, belongs to row `t` of `X`.

And write `text_probability(text, s0, U, W, V)`: `text` is an array of whole numbers, the words; the network reads
them one-hot, and its output after $x_0, …, x_{t-1}$ is the distribution of $x_t$. The function returns
$P(x_1, …, x_n | x_0)$, 1 for a text of one word.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np

from assignments.colloquium._recurring import (
    ALSO,
    OUTPUT,
    STATE,
    STATEMENTS,
    TRUE,
    W,
    last_step,
    numbers_up_to,
    without_slopes,
    without_weights,
)
from grader.author import Answer, Code, Options, Task, case
from grader.author.matrices import matrix_slips, miswritten
from grader.comparators.choice import Choice
from grader.comparators.close import Close
from grader.comparators.value import Value
from reference.recurrent import (
    chain_probability,
    leaky,
    leaky_state_derivative,
    leaky_states,
    rnn_forward,
    softmax,
    text_probability,
)

NUMBERS = numbers_up_to(2)
FORMS = ("f'(a_2) * (s_1 + w * f'(a_1) * s_0)", "f'(a_2) * s_1 + f'(a_2) * w * f'(a_1) * s_0")

states = Code(
    "states", 2, Close(), entry="rnn_forward", element=0, slips=STATE,
    asks="The first of what `rnn_forward(X, s0, U, W, V)` returns: the states.",
)  # fmt: skip
outputs = Code(
    "outputs", 1, Close(), entry="rnn_forward", element=1, slips={**STATE, **OUTPUT}, continues=states,
    asks="The second of what `rnn_forward(X, s0, U, W, V)` returns: the outputs.",
)  # fmt: skip
formula = Answer(
    "formula", "3/2", NUMBERS,
    slips=matrix_slips("last_term_only", "last_term_lost", "activation_lost", "activation_argument", "index_shifted"),
    asks=r"`q16_formula`: $\partial s_2/\partial w$, where $s_1$ depends on $w$, too.",
)  # fmt: skip
s = Answer(
    "s", 1, Value(),
    slips={
        "recurrent": {key: STATE["recurrent"][key] for key in ("W", "lost", "first")},
        "activation": STATE["activation"],
    },
    asks="`q16_s`: the states by hand, from the given one on: `[s_0, s_1, s_2, s_3]`.",
)  # fmt: skip
p = Answer("p", 1, Value(), asks="`q16_p`: the probability of the text {text}, as a fraction such as `1/12`.")
probability = Code(
    "text_probability", "3/2", Close(), asks="The function `text_probability(text, s0, U, W, V)`."
)
true = Answer(
    "true", 1, Choice(tuple("12345"), several=True, partial=True), slips=ALSO,
    asks="`q16_true`: why the network is built like this: the numbers of the true statements, such as `1, 4`.\n\n"
    "{statements}",
)  # fmt: skip


def dealt(rng):
    """Deal small numbers: one $a_t$ is negative, and every mistake shows."""
    while True:
        u, s0 = rng.choice((-1, 1, 3)), rng.choice((-2, -1, 1, 2))
        inputs = [rng.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)) for _ in range(3)]
        by_way = [by_hand(u, s0, inputs, *way) for way in WAYS]
        right = by_way[0]
        neat = sum(a < 0 for a in right[1:]) == 1 and 0 not in right and max(map(abs, right)) < 30
        if neat and differ(by_way) and differ([[way(right)] for way in DERIVATIVES]):
            break
    while True:
        text = "".join(rng.choice("ab") for _ in range(4))
        a, after_a, after_b = (Fraction(rng.randint(1, 4), 5) for _ in range(3))
        ways = [way(text, a, after_a, after_b) for way in (likely, first_lost, added, turned, independent)]
        if len(set(text)) == 2 and len({a, after_a, after_b}) == 3 and len(set(ways)) == len(ways):
            break
    words = {"a": str(a), "after_a": str(after_a), "after_b": str(after_b), "text": text}
    numbers = {"u": u, "s0": s0, **dict(zip(("x1", "x2", "x3"), inputs, strict=True))}
    return {**numbers, **words, "statements": Options.dealt(rng, STATEMENTS)}


def differ(answers):
    return len({tuple(answer) for answer in answers}) == len(answers)


DERIVATIVES = (  # of question 17, which goes on with these states
    lambda states: leaky_state_derivative(states, W),
    last_step,
    without_slopes,
    without_weights,
)
WAYS = (
    ("W", "kept"),
    ("lost", "kept"),
    ("first", "kept"),
    ("W", "lost"),
    ("lost", "lost"),
    ("first", "lost"),
)


def by_hand(u, s0, inputs, recurrent="W", activation="kept"):
    if (recurrent, activation) == ("W", "kept"):
        return leaky_states(inputs, s0, u, W)
    found = [s0]
    for x in inputs:
        before = {"W": found[-1], "lost": 0, "first": s0}[recurrent]
        a = u * x + W * before
        found.append(a if activation == "lost" else leaky(a))
    return found


@s.oracle
def states_by_hand(u, s0, x1, x2, x3, recurrent, activation):
    return by_hand(u, s0, [x1, x2, x3], recurrent, activation)


def model(a, after_a, after_b):
    """The distribution of the first word, and of the word after each."""
    first, *following = ([Fraction(one), 1 - Fraction(one)] for one in (a, after_a, after_b))
    return first, following


def words(text):
    return ["ab".index(letter) for letter in text]


@p.oracle
def likely(text, a, after_a, after_b):
    return chain_probability(words(text), *model(a, after_a, after_b))


@p.misconception(credit="1/2")
def first_lost(text, a, after_a, after_b):
    """The probability of the first word is missing: $P(x_0)$ is a factor, too."""
    return likely(text, a, after_a, after_b) / model(a, after_a, after_b)[0][words(text)[0]]


@p.misconception()
def added(text, a, after_a, after_b):
    """You added the probabilities; by the chain rule of probability they are multiplied."""
    first, following = model(a, after_a, after_b)
    numbers = words(text)
    return first[numbers[0]] + sum(following[i][j] for i, j in pairwise(numbers))


@p.misconception(credit="1/4")
def turned(text, a, after_a, after_b):
    """Condition and word are swapped: the factor is $P(x_t | x_{t-1})$, the word given the one before it."""
    first, following = model(a, after_a, after_b)
    return chain_probability(words(text), first, [list(column) for column in zip(*following, strict=True)])


@p.misconception(credit="1/4")
def independent(text, a, after_a, after_b):
    """You took each word on its own, as if it were the first; its probability depends on the word before."""
    first, _ = model(a, after_a, after_b)
    return chain_probability(words(text), first, [first, first])


@formula.oracle
def derivative_in_symbols(**rules):
    return miswritten(FORMS, NUMBERS, rules)


@formula.misconception(credit="1/4")
def weight_lost():
    """The factor $w$ is lost: $s_1$ stands in $a_2$ multiplied by $w$, so its derivative is, too."""
    return "f'(a_2) * (s_1 + f'(a_1) * s_0)"


@true.oracle
def true_statements(statements, also, without):
    return statements.labels(*(code for code in (*TRUE, also) if code != without))


task = Task(parts=[states, outputs, formula, s, p, probability, true], variants=dealt)


def passed_forward(X, s0, U, W, V, recurrent, activation, start, softmax_over, read):
    if (recurrent, activation, start, softmax_over, read) == ("W", "kept", "given", "words", "state"):
        return rnn_forward(X, s0, U, W, V)
    begin = np.zeros_like(s0) if start == "zero" else s0
    S = [begin]
    for x in X:
        before = begin if recurrent == "first" else S[-1]
        remembered = {"lost": 0, "transposed": W.T @ before}.get(recurrent, W @ before)
        a = U @ x + remembered
        S.append(a if activation == "lost" else np.tanh(a))
    S = np.array(S)
    scores = (S[:-1] if read == "before" else S[1:]) @ V.T
    shares = {"time": lambda: softmax(scores.T).T, "lost": lambda: scores}
    return S[1:], shares.get(softmax_over, lambda: softmax(scores))()


SEQUENCES = (  # steps, inputs, state, outputs, scale, aspect
    (1, 2, 2, 3, 1.0, "one step"),
    (2, 3, 2, 2, 1.0, "two steps"),
    (5, 2, 4, 3, 1.0, "a longer sequence"),
    (4, 1, 1, 2, 1.0, "one neuron"),
    (12, 5, 6, 4, 0.7, "a longer sequence"),
)


def network(rng, n, d, m, scale):
    return scale * rng.normal(size=d), *(scale * rng.normal(size=shape) for shape in ((d, n), (d, d), (m, d)))


@states.cases
@outputs.cases
def sequences(rng):
    for number, (T, n, d, m, scale, aspect) in enumerate(SEQUENCES):
        yield case(rng.normal(size=(T, n)), *network(rng, n, d, m, scale), aspect=aspect, public=number < 2)


@states.oracle
def states_in_code(X, s0, U, W, V, *, recurrent, activation, start):
    state = {"recurrent": recurrent, "activation": activation, "start": start}
    return passed_forward(X, s0, U, W, V, **state, softmax_over="words", read="state")


@outputs.oracle
def outputs_in_code(X, s0, U, W, V, *, recurrent, activation, start, softmax, read):
    state = {"recurrent": recurrent, "activation": activation, "start": start}
    return passed_forward(X, s0, U, W, V, **state, softmax_over=softmax, read=read)


TEXTS = ((2, 2, "two words"), (3, 3, "a longer text"), (6, 4, "a longer text"), (1, 3, "one word"))


@probability.cases
def texts(rng):
    for length, n, aspect in TEXTS:
        text = rng.integers(0, n, length)
        text[:2] = (0, 1)[: len(text)]  # two words that differ, so that a shift shows
        yield case(text, *network(rng, n, 3, n, 1.0), aspect=aspect, public=aspect == "two words")


@probability.oracle
def probability_in_code(text, s0, U, W, V):
    return text_probability(text, s0, U, W, V)


def predicted(text, s0, U, W, V):
    """The distribution after every word, the last one included."""
    return rnn_forward(np.eye(U.shape[1])[text], s0, U, W, V)[1]


@probability.misconception(credit="1/4")
def same_word(text, s0, U, W, V):
    """You took the probability of the word that has just been read; the output tells of the *next* one."""
    steps = np.arange(len(text))
    return np.prod(predicted(text, s0, U, W, V)[steps, text])


@probability.misconception()
def sum_of_probabilities(text, s0, U, W, V):
    """You added the probabilities; by the chain rule of probability they are multiplied."""
    steps = np.arange(len(text) - 1)
    return np.sum(predicted(text, s0, U, W, V)[steps, text[1:]])


@probability.misconception(credit="1/2")
def logarithm(text, s0, U, W, V):
    """This is the logarithm of the probability; the task asks for the probability itself."""
    return np.log(text_probability(text, s0, U, W, V))


@probability.misconception(credit="1/2")
def last_word_lost(text, s0, U, W, V):
    """The last word is missing from the product."""
    return text_probability(text[:-1], s0, U, W, V) if len(text) > 1 else 1.0


@probability.misconception(credit="1/4")
def memory_lost(text, s0, U, W, V):
    """Every word is predicted from $s_0$ and the word before it alone; the state has to be carried along."""
    every = [text_probability(text[i : i + 2], s0, U, W, V) for i in range(len(text) - 1)]
    return np.prod(every)
