"""Codes 300 to 316: operations that their values do not allow; met when the program runs."""

from __future__ import annotations

from dtl.diagnostics.codes.code import Code, Stage

_RUN = Stage.RUN

CODES = (
    Code(
        300,
        "expected <kind>, got <kind>",
        "A value is not of the type that is needed here. Check it first (`is_string(.x)`) or handle the error.",
        wrong="string!(5)",
        right='string("five")',
        stage=_RUN,
    ),
    Code(
        301,
        "can't coerce <kind> into <kind>",
        "There is no conversion between these types.",
        wrong="to_int!({})",
        right='to_int!("5")',
        stage=_RUN,
    ),
    Code(
        302,
        "can't calculate remainder of type <kind> and <kind>",
        "Only numbers have a remainder.",
        wrong="x, err = mod(.missing, 2); err",
        right="mod(5, 2)",
        stage=_RUN,
    ),
    Code(
        303,
        "can't multiply type <kind> by <kind>",
        "Numbers multiply with numbers; a string times an integer is repeated. Nothing else has a product.",
        wrong="x, err = .missing * 2; err",
        right='"ab" * 2',
        stage=_RUN,
    ),
    Code(
        304,
        "can't divide type <kind> by <kind>",
        "Only numbers can be divided.",
        wrong="x, err = .missing / 2; err",
        right="1 / 2",
        stage=_RUN,
    ),
    Code(
        305,
        "can't divide by zero",
        "The divisor is zero, as an integer or as a float.",
        wrong="x, err = 1 / .zero; err",
        right="1 / 4",
        stage=_RUN,
    ),
    Code(
        306,
        "operation would produce NaN",
        "The result is not a number, and the language has no value for that.",
        stage=_RUN,
    ),
    Code(
        307,
        "can't add type <kind> to <kind>",
        "Numbers add to numbers and strings to strings; convert one of the operands.",
        wrong="x, err = .missing + 1; err",
        right='"1" + to_string(1)',
        stage=_RUN,
    ),
    Code(
        308,
        "can't subtract type <kind> from <kind>",
        "Only numbers can be subtracted.",
        wrong="x, err = .missing - 1; err",
        right="2 - 1",
        stage=_RUN,
    ),
    Code(
        309,
        "can't apply an OR to these types - <reason>",
        "The right side of `||` failed.",
        stage=_RUN,
    ),
    Code(
        310,
        "can't apply an AND to types <kind> and <kind>",
        "Both sides of `&&` must be boolean, or null, which counts as false.",
        wrong="x, err = .missing == null && .text; err",
        right="true && false",
        stage=_RUN,
    ),
    Code(
        311,
        "can't compare <kind> > <kind>",
        "Only two numbers, two strings or two timestamps have an order. As in VRL, the message at run time is that of "
        "E302.",
        stage=Stage.RESERVED,
    ),
    Code(
        312,
        "can't compare <kind> >= <kind>",
        "Only two numbers, two strings or two timestamps have an order.",
        wrong="x, err = .missing >= 1; err",
        right="2 >= 1",
        stage=_RUN,
    ),
    Code(
        313,
        "can't compare <kind> < <kind>",
        "Only two numbers, two strings or two timestamps have an order. As in VRL, the message at run time is that of "
        "E312.",
        stage=Stage.RESERVED,
    ),
    Code(
        314,
        "can't compare <kind> <= <kind>",
        "Only two numbers, two strings or two timestamps have an order. As in VRL, the message at run time is that of "
        "E312.",
        stage=Stage.RESERVED,
    ),
    Code(
        315,
        "mutation of read-only value",
        "The host lets this path be read but not written. Write the value elsewhere.",
        stage=Stage.RESERVED,
    ),
    Code(
        316,
        "can't convert out of range <kind>",
        "The value does not fit into the type it should be converted to.",
        stage=_RUN,
    ),
)
