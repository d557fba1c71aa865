"""Transfer learning and fine-tuning

A deep network has been trained on ImageNet, on millions of photographs of a thousand classes. It is to be of use for
another task. *Freezing* a layer means that its weights stay as they are.
"""

from __future__ import annotations

from grader.author import Answer, Criterion, Options, Partners, Phrase, Slip, Task, Text
from grader.comparators.choice import Choice, Matching, Ordering

TRUE = {
    "fewer": "It needs fewer labelled examples of the new task than training from scratch.",
    "similar": "It works the better, the more the new pictures resemble those of ImageNet.",
    "start": "In fine-tuning the network starts from weights that were learned before, not from random ones.",
}
FALSE = {
    "any_task": "The features of the last layers suit every task, telling the emotions of faces included.",
    "all_frozen": "In fine-tuning all weights that are taken over stay frozen.",
    "same_classes": "The classes of the new task must be among those of ImageNet.",
}
SITUATIONS = {
    "few_similar": "a thousand labelled photographs of things like those of ImageNet",
    "few_foreign": "a thousand labelled photographs of faces, whose emotions are to be told",
    "many_similar": "half a million labelled photographs of things like those of ImageNet",
    "no_pictures": "a million labelled sequences of numbers from sensors, which are no pictures at all",
}
ACTIONS = {
    "classifier": "freeze all layers that extract features, and train a new classifier on top of them",
    "first_layers": "take over the first layers only, and train those behind them anew",
    "all_layers": "start from the learned weights, and train all layers with a smaller learning rate",
    "scratch": "train a network of its own, starting from random weights",
}
MATCHED = dict(zip(SITUATIONS, ACTIONS, strict=True))
RATES = {
    "smaller": "smaller than in training from scratch",
    "equal": "the same as in training from scratch",
    "larger": "larger than in training from scratch",
    "zero": "zero",
}
LAYERS = {
    "edges": "edges and spots of colour",
    "textures": "textures and repeated patterns",
    "parts": "parts of things, such as eyes and wheels",
    "classes": "scores of the thousand classes",
}
CASES = (
    "A clinic has 800 labelled X-ray pictures of lungs and wants to tell healthy ones from those with "
    "pneumonia.",
    "A botanist has 3000 labelled photographs of 40 kinds of mushrooms and wants to name the kind.",
    "A shop has 500000 labelled photographs of furniture in 200 classes and wants to sort new ones.",
    "A psychologist has 2000 labelled photographs of faces and wants to tell seven emotions.",
    "An astronomer has 1500 labelled pictures of galaxies of five shapes and wants to name the shape.",
    "A factory has 400 photographs of metal parts from one camera and wants to find those with cracks.",
)


def dealt(rng):
    return {
        "statements": Options.dealt(rng, {**TRUE, **FALSE}),
        "situations": Options.dealt(rng, SITUATIONS),
        "actions": Partners.dealt(rng, ACTIONS),
        "rates": Options.dealt(rng, RATES),
        "layers": Options.dealt(rng, LAYERS),
        "situation": Phrase(rng.choice(CASES)),
    }


when = Answer(
    "when",
    "3/2",
    Choice(tuple("123456"), several=True, partial=True),
    asks="`q19_when`: which statements about reusing the network are true? Give the numbers of all of "
    "them.\n\n{statements}",
    slips={
        "also": {
            None: None,
            "any_task": Slip(
                "2/3",
                "The last layers know the classes of ImageNet. ImageNet has no faces in different moods, so "
                "that they do not suit emotions; only earlier layers may.",
            ),
            "all_frozen": Slip(
                "2/3",
                "In fine-tuning the gradients reach all layers, with a smaller learning rate; nothing is "
                "frozen.",
            ),
            "same_classes": Slip(
                "2/3",
                "The classes may be new: what is reused are the features, and the last layer is replaced.",
            ),
        },
        "without": {
            None: None,
            "fewer": Slip(
                "2/3",
                "Needing fewer examples is the very reason: deep networks from scratch need a lot of data.",
            ),
            "similar": Slip(
                "2/3", "The more the domains resemble each other, the more of the features fits."
            ),
            "start": Slip("2/3", "Fine-tuning begins with the learned weights: that is what sets it apart."),
        },
    },
)
match = Answer(
    "match",
    "3/2",
    Matching(tuple("1234"), tuple("ABCD"), partial=True),
    asks="`q19_match`: what is to be done where there is … Match each number with a letter, as in `1-A 2-B "
    "3-C 4-D`.\n\n{situations}\n\nWhat can be done:\n\n{actions}",
)
rate = Answer(
    "rate",
    "1/2",
    Choice(tuple("1234")),
    asks="`q19_rate`: which learning rate do layers get that are taken over and fine-tuned?\n\n{rates}",
    slips={
        "chosen": {
            "smaller": None,
            "equal": Slip(
                0,
                "At the usual rate the first steps would destroy what was learned: fine-tuning takes a smaller "
                "one.",
            ),
            "larger": Slip(
                0,
                "A larger rate destroys what was learned; the weights are nearly good already, and small steps "
                "suffice.",
            ),
            "zero": Slip(
                "1/4", "With the rate zero the layers are frozen; in fine-tuning they go on learning, slowly."
            ),
        }
    },
)
layers = Answer(
    "layers",
    "1/2",
    Ordering(tuple("1234"), partial=True),
    asks="`q19_layers`: put what the layers of such a network respond to in order, from the first layer to "
    "the last, from what serves many tasks to what serves one.\n\n{layers}",
)
case = Text(
    "case",
    3,
    asks="`q19_case`: {situation} The network trained on ImageNet is at hand.\n\n"
    "Write in five to ten sentences what you would do, and why: whether the network is of use here, which "
    "of its layers you take over, which you freeze and which you train, and with what learning rates.",
    criteria=[
        Criterion(
            "data",
            "The amount of labelled data is weighed: is it enough to train a deep network from scratch?",
        ),
        Criterion("domain", "The new pictures are compared with those of ImageNet."),
        Criterion("layers", "It is said which layers are taken over or frozen, and which are trained."),
        Criterion("rate", "Layers that are taken over and trained further get a smaller learning rate."),
        Criterion(
            "reason",
            "A reason is given: the first layers respond to what many tasks share, the last ones to the "
            "classes.",
        ),
        Criterion("fits", "What is done fits the amount of data and the likeness of the pictures."),
    ],
)
task = Task(parts=[when, match, rate, layers, case], variants=dealt)


@when.oracle
def true_statements(statements, also, without):
    return [
        label
        for code, label in zip(statements.codes, statements.labels(*statements.codes), strict=True)
        if (code in TRUE or code == also) and code != without
    ]


@match.oracle
def matched(situations, actions):
    return situations.paired(actions, MATCHED)


def exchanged(one, other):
    """The matching with two actions exchanged."""
    return {**MATCHED, one: MATCHED[other], other: MATCHED[one]}


@match.misconception(credit="1/2")
def amount_ignored(situations, actions):
    """With few examples the features stay frozen, or they are spoilt; with many all layers can be fine-tuned."""
    return situations.paired(actions, exchanged("few_similar", "many_similar"))


@match.misconception(credit="1/2")
def domain_ignored(situations, actions):
    """Features of the last layers suit pictures like those of ImageNet; emotions of faces need other ones."""
    return situations.paired(actions, exchanged("few_similar", "few_foreign"))


@match.misconception(credit="1/2")
def scratch_with_few(situations, actions):
    """A thousand examples are too few to start from random weights; edges and textures can be taken over."""
    return situations.paired(actions, exchanged("few_foreign", "no_pictures"))


@rate.oracle
def rate_chosen(rates, chosen):
    return rates.label(chosen)


@layers.oracle
def general_first(layers):
    return [layers.label(code) for code in LAYERS]


@layers.misconception(credit="1/2")
def last_first(layers):
    """That is the order from the last layer to the first."""
    return [layers.label(code) for code in reversed(LAYERS)]
