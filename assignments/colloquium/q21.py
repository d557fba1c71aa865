"""Recurrent architectures for different tasks

A recurrent network reads a sequence element by element, or writes one, or both.
"""

from __future__ import annotations

from grader.author import Answer, Criterion, Options, Partners, Slip, Task, Text
from grader.comparators.choice import Choice, Matching, Ordering
from grader.comparators.value import Value

KINDS = {
    "many_to_many": "many to many: an answer for every element of the input, as soon as it is read",
    "many_to_one": "many to one: one answer, when the whole input is read",
    "one_to_many": "one to many: from a start alone a sequence is generated, each output being the next "
    "input",
    "conditional": "conditional generation: a sequence is generated to suit something else that is given",
}
TASKS = {
    "many_to_many": {
        "speech_parts": "name the part of speech of every word of a sentence",
        "frames": "say for every frame of a film whether somebody is in it",
        "names": "mark in a text which words belong to names",
    },
    "many_to_one": {
        "review": "tell whether a review praises or complains",
        "language": "name the language in which a text is written",
        "speaker": "say which of ten people is speaking in a recording",
    },
    "one_to_many": {
        "handwriting": "draw a line that looks like handwriting, point by point, whatever it may say",
        "verse": "make up a text letter by letter",
        "melody": "make up a melody note by note",
    },
    "conditional": {
        "translation": "translate a sentence into another language",
        "caption": "describe a given picture in a sentence",
        "written_text": "write a given text in handwriting, point by point",
    },
}
KIND_OF = {code: kind for kind, tasks in TASKS.items() for code in tasks}
TEXTS = {code: text for tasks in TASKS.values() for code, text in tasks.items()}
HANDWRITING = {
    "next_point": "It predicts how the next point is distributed; one is drawn from that and is the next "
    "input.",
    "whole_line": "It predicts all points of a line at once, and the line is the next input.",
    "letter": "It predicts which letter is being written; the letter is the next input.",
    "training_line": "It predicts how the next point is distributed; the next input is a point of a "
    "training line.",
}
CONDITIONS = {
    "state_or_input": "through the initial hidden state, or as a further input of every step",
    "after": "by choosing among finished sequences that were generated without it",
    "loss": "through the loss alone; the network itself does not see it",
    "rate": "through the learning rate",
}
STEPS = {
    "state": "the new hidden state is computed from the input and the old state",
    "softmax": "the output layer turns the state into probabilities of the next element",
    "draw": "an element is drawn with these probabilities",
    "feed": "this element becomes the next input",
}


def dealt(rng):
    """Deal six tasks: one of each kind and two more, of different kinds."""
    codes = [rng.choice(list(tasks)) for tasks in TASKS.values()]
    for kind in rng.sample(list(TASKS), 2):
        codes.append(rng.choice([code for code in TASKS[kind] if code not in codes]))
    read, written = rng.sample(
        range(5, 30, 2), 2
    )  # both odd: no number of outputs is the other's by accident
    return {
        "tasks": Options.dealt(rng, {code: TEXTS[code] for code in codes}),
        "kinds": Partners.dealt(rng, KINDS),
        "read": read,
        "written": written,
        "ways": Options.dealt(rng, HANDWRITING),
        "conditions": Options.dealt(rng, CONDITIONS),
        "steps": Options.dealt(rng, STEPS),
    }


match = Answer(
    "match",
    2,
    Matching(tuple("123456"), tuple("ABCD"), partial=True),
    asks="`q21_match`: which architecture suits the task … Match each number with a letter; a letter may "
    "occur several times: `1-A 2-C 3-A …`.\n\n{tasks}\n\nArchitectures:\n\n{kinds}",
)
outputs = Answer(
    "outputs",
    1,
    Value(),
    asks="`q21_outputs`: a sentence of {read} words is read. How many outputs does the network compute, if "
    "(1) every word is labelled, (2) the sentence as a whole is put into one of several classes, (3) it is "
    "translated into {written} words, after which the sign of the end is generated? Three numbers.",
    slips={
        "wrong": {
            None: None,
            "end": Slip(
                "2/3",
                "The sign of the end is an output like any other: with it the network says that it is done.",
            ),
            "every_word": Slip(
                "2/3",
                "A sentence as a whole gets one answer, from the last hidden state; the outputs before are "
                "not needed.",
            ),
            "equal_length": Slip(
                "2/3",
                "A translation is as long as it comes out, not as long as the input: it ends with the sign "
                "of the end.",
            ),
        }
    },
)
handwriting = Answer(
    "handwriting",
    "1/2",
    Choice(tuple("1234")),
    asks="`q21_handwriting`: a trained network generates handwriting point by point. What does it predict "
    "at each step, and what is its next input?\n\n{ways}",
    slips={
        "chosen": {
            "next_point": None,
            "whole_line": Slip(
                0, "The line is generated point by point; its length is not known beforehand."
            ),
            "letter": Slip(
                0,
                "That would be recognition; the network *draws*, so that it predicts where the pen goes next.",
            ),
            "training_line": Slip(
                "1/2",
                "So it is in training; when the network generates there is no such line, and its own point is "
                "the input.",
            ),
        }
    },
)
condition = Answer(
    "condition",
    "1/2",
    Choice(tuple("1234")),
    asks="`q21_condition`: how does what is given (a picture, a sentence in another language) get into a "
    "network that generates a sequence to suit it?\n\n{conditions}",
    slips={
        "chosen": {
            "state_or_input": None,
            "after": Slip(
                0,
                "Hardly any sequence that is generated without it would suit; the network has to know it while "
                "it generates.",
            ),
            "loss": Slip(
                0,
                "The loss is used in training only; a network that does not see what is given cannot suit it.",
            ),
            "rate": Slip(
                0,
                "The learning rate says how fast weights change in training; it tells nothing about a picture "
                "or a text.",
            ),
        }
    },
)
steps = Answer(
    "steps",
    "1/2",
    Ordering(tuple("1234"), partial=True),
    asks="`q21_steps`: the sign of the beginning is given as the first input. Put what happens then in "
    "order.\n\n{steps}",
)
own = Text(
    "own",
    "5/2",
    asks="`q21_own`: give an example of your own of a task for a recurrent network, none of those named in "
    "this question. Say in four to eight sentences what an element of the input is, what the network "
    "answers and when, which of the architectures suits the task and why, and what the hidden state has to "
    "remember.",
    criteria=[
        Criterion("own", "The task is one for sequences, and none of those named in the question."),
        Criterion("input", "It is said what an element of the input is."),
        Criterion("output", "It is said what the network answers, and after which elements."),
        Criterion("kind", "The architecture that is named suits the task, and a reason is given."),
        Criterion("memory", "It is said what the hidden state has to remember of earlier elements."),
    ],
)
task = Task(parts=[match, outputs, handwriting, condition, steps, own], variants=dealt)


@match.oracle
def matched(tasks, kinds):
    return tasks.paired(kinds, KIND_OF)


def taken_for(tasks, kinds, kind, other):
    """The matching of somebody who takes every task of one kind for one of another."""
    return tasks.paired(kinds, {code: other if of == kind else of for code, of in KIND_OF.items()})


@match.misconception(credit="1/2")
def condition_overlooked(tasks, kinds):
    """What is generated must suit something that is given, a text or a picture: from a start alone it cannot."""
    return taken_for(tasks, kinds, "conditional", "one_to_many")


@match.misconception(credit="1/2")
def word_by_word(tasks, kinds):
    """The output has a length of its own, and cannot begin before all that is given is read."""
    return taken_for(tasks, kinds, "conditional", "many_to_many")


@match.misconception(credit="1/2")
def answer_at_every_element(tasks, kinds):
    """One answer for the sequence as a whole is wanted, when all of it is read; not one for every element."""
    return taken_for(tasks, kinds, "many_to_one", "many_to_many")


@match.misconception(credit="1/2")
def answer_at_the_end(tasks, kinds):
    """An answer for every element is wanted, not one for the sequence as a whole."""
    return taken_for(tasks, kinds, "many_to_many", "many_to_one")


@match.misconception(credit="1/2")
def start_taken_for_a_condition(tasks, kinds):
    """Nothing is given that the result would have to suit: the sequence is generated from a start alone."""
    return taken_for(tasks, kinds, "one_to_many", "conditional")


@outputs.oracle
def numbers_of_outputs(read, written, wrong):
    return {
        None: [read, 1, written + 1],
        "end": [read, 1, written],
        "every_word": [read, read, written + 1],
        "equal_length": [read, 1, read],
    }[wrong]


@handwriting.oracle
def way_chosen(ways, chosen):
    return ways.label(chosen)


@condition.oracle
def condition_chosen(conditions, chosen):
    return conditions.label(chosen)


@steps.oracle
def steps_in_order(steps):
    return [steps.label(code) for code in STEPS]


@steps.misconception(credit="1/2")
def fed_before_drawn(steps):
    """Only an element that is drawn can become the next input."""
    return [steps.label(code) for code in ("state", "softmax", "feed", "draw")]


@steps.misconception(credit="1/2")
def output_before_state(steps):
    """The probabilities are computed from the *new* state, which already knows the input."""
    return [steps.label(code) for code in ("softmax", "state", "draw", "feed")]
