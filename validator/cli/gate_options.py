"""The options of `check` that decide what blocks and which policies judge; all of them may also be settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NoReturn

from validator.cli.context import stop, tell, usage_error
from validator.cli.settings import SETTINGS, Origin, Value, Word, default_from_settings, effective
from validator.journeys.gate import (
    DEFAULT_GATE,
    MODALITIES,
    NEVER,
    ON_UNKNOWN,
    Gate,
    GateWordError,
    OnDisputed,
    gate_of,
)
from validator.journeys.selection import PartialSet, Selection, SelectionError, selected
from validator.logic.named_tuple import NamedTuple
from validator.logic.problem import Problem
from validator.logic.text import Text

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

    from validator.cli.options import F
    from validator.language.library import Library
    from validator.logic.policy import PolicySet
    from validator.logic.report import BaselineUse

_ONLY_REPORTED = Text("с --exit-zero только сообщается", "with --exit-zero only reported")


class GateOptions(NamedTuple):
    """What the command line and the settings say of the gate and of the selection."""

    gate: Gate
    exit_zero: bool
    only: Value
    exclude: Value

    @property
    def selection(self) -> Selection:
        """The words that select policies."""
        return Selection(self.only.texts, self.exclude.texts)

    def code(self, code: int) -> int:
        """The exit code to leave with: `--exit-zero` turns 1 and 3 into 0, and no other."""
        return 0 if self.exit_zero and code in (1, 3) else code


_MODALITIES = ", ".join(MODALITIES)
_TEXTS = {
    "fail_on": Text(
        "какие нарушения блокируют (код 1): ТЯЖЕСТЬ (critical, high, medium, low, info) — такие и тяжелее;"
        f" ВИД ({_MODALITIES}) — любые нарушения таких норм; ВИД=ТЯЖЕСТЬ; {NEVER} — никакие. Можно повторять:"
        " блокирует всё названное. Советы — только если назван recommendation",
        "which violations block (code 1): a SEVERITY (critical, high, medium, low, info), these and graver;"
        f" a MODALITY ({_MODALITIES}), every violation of such norms; MODALITY=SEVERITY; {NEVER}, none."
        " Repeatable: all that is named blocks. Advice blocks only where recommendation is named",
    ),
    "on_unknown": Text(
        f"пробелы какой тяжести и тяжелее блокируют (код 3); {NEVER} — никакие",
        f"unknowns of which severity and graver block (code 3); {NEVER}, none",
    ),
    "on_disputed": Text(
        "чем считать вывод, зависящий от прочтения: ignore — не блокирует; chosen — как по выбранному прочтению;"
        " unknown — пробелом; strictest — как по самому строгому прочтению",
        "what a result counts as that depends on the reading: ignore, it does not block; chosen, the verdict of"
        " the chosen reading; unknown, an unknown; strictest, the verdict of the strictest reading",
    ),
    "exit_zero": Text(
        "только сообщать: код 0 вместо 1 и 3 (2 и 4 остаются)",
        "report only: leave with 0 instead of 1 and 3 (2 and 4 stay)",
    ),
    "only": Text(
        "судить только по этой политике, теме, акту: ИМЯ или policy=ИМЯ, topic=ИМЯ, act=ИМЯ; можно повторять",
        "judge by this policy, topic or act only: NAME, or policy=NAME, topic=NAME, act=NAME; repeatable",
    ),
    "exclude": Text(
        "не судить по этой политике, теме или акту; сильнее --only; можно повторять",
        "leave this policy, topic or act out; wins over --only; repeatable",
    ),
}


def gate_options(function: F) -> F:
    """`--fail-on`, `--on-unknown`, `--on-disputed`, `--exit-zero`, `--only`, `--exclude`, each also a setting."""
    import click  # noqa: PLC0415 - a plain check does without it

    told = {name: tell(text) for name, text in _TEXTS.items()}
    name, bar = tell(Text("ИМЯ", "NAME")), tell(Text("ЧТО", "WHAT"))
    fail_on = default_from_settings("fail_on")
    unknown, on_unknown = click.Choice(ON_UNKNOWN), default_from_settings("on_unknown")
    disputed, on_disputed = click.Choice([one.value for one in OnDisputed]), default_from_settings("on_disputed")
    options = (
        click.option("--fail-on", multiple=True, default=fail_on, metavar=bar, help=told["fail_on"]),
        click.option("--on-unknown", type=unknown, default=on_unknown, help=told["on_unknown"]),
        click.option("--on-disputed", type=disputed, default=on_disputed, help=told["on_disputed"]),
        click.option("--exit-zero/--no-exit-zero", default=None, help=told["exit_zero"]),
        click.option("--only", multiple=True, metavar=name, help=told["only"], shell_complete=_complete),
        click.option("--exclude", multiple=True, metavar=name, help=told["exclude"], shell_complete=_complete),
    )
    for option in reversed(options):
        function = option(function)
    return function


def _complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's signature
    """What a shell offers as a name."""
    from validator.cli.name_completion import complete  # noqa: PLC0415 - only when a shell asks

    return complete(context, incomplete)


def gate_of_options(given: dict[str, object]) -> GateOptions:
    """The options as click gives them. Leaves with 2 for a word that no gate knows."""
    fail_on = given["fail_on"]
    assert isinstance(fail_on, tuple)
    if NEVER in fail_on and len(fail_on) > 1:
        from validator.cli.settings_values import NEVER_ALONE, NEVER_HELP  # noqa: PLC0415 - only for a mistake

        usage_error(f"--fail-on: {NEVER_ALONE.ru}", f"--fail-on: {NEVER_ALONE.en}", NEVER_HELP)
    try:
        gate = gate_of(fail_on, str(given["on_unknown"]), str(given["on_disputed"]))
    except GateWordError as error:
        from validator.language.structure import nearest, shorten  # noqa: PLC0415 - only for a mistake

        token = shorten(error.token)
        usage_error(
            f"--fail-on: неизвестное значение `{token}`",
            f"--fail-on: unknown value `{token}`",
            nearest(error.token, error.known),
        )
    exit_zero = given["exit_zero"]
    if exit_zero is None:
        exit_zero = effective(SETTINGS["exit_zero"], os.environ).texts == ("yes",)
    return GateOptions(gate, bool(exit_zero), _names("only", given), _names("exclude", given))


def _names(name: str, given: dict[str, object]) -> Value:
    """The words of the command line, else of the settings, with where they come from."""
    words = given[name]
    assert isinstance(words, tuple)
    if words:
        return Value(tuple(map(Word, words)), Origin("flag", SETTINGS[name].flag))
    return effective(SETTINGS[name], os.environ)


def cut_down(library: Library, options: GateOptions) -> Library:
    """The library with what is selected of its policies. Leaves with 2 for an unknown name or when none is left."""
    try:
        return selected(library, options.selection)
    except SelectionError as error:
        _refuse(error, options)


def _refuse(error: SelectionError, options: GateOptions) -> NoReturn:
    """Tell the mistake where it was made: on the command line, in a variable, or at its place in the settings."""
    for value in (options.exclude, options.only):
        for word in value.words:
            if word.text == error.word and value.origin.kind != "flag":
                file = value.origin.place
                stop([Problem("unknown-name", error.message, error.help, word.span, file)])
    values = [value for value in (options.only, options.exclude) if value.words]
    named = ", ".join(value.origin.place for value in values if error.word in (None, *value.texts))
    usage_error(f"{named}: {error.message.ru}", f"{named}: {error.message.en}", error.help)


# --- what is said at the end ----------------------------------------------------------------------------------


def endings(
    told: Mapping[int, Text], options: GateOptions, policies: PolicySet, code: int, use: BaselineUse | None = None
) -> dict[int, Text]:
    """What the exit codes mean under these options: whoever reads a 0 learns what it was that did not block.

    `code` is the one before `--exit-zero`, `use` what came of a baseline.
    """
    more = [*_of_gate(options.gate), *_of_selection(policies), *_of_baseline(use)]
    if options.code(code) != code:
        why = told[code]
        told = {**told, 0: Text(f"{why.ru}, {_ONLY_REPORTED.ru}", f"{why.en}, {_ONLY_REPORTED.en}")}
    return {number: _joined([text, *more]) for number, text in told.items()}


def _joined(texts: Sequence[Text]) -> Text:
    return Text("; ".join(text.ru for text in texts), "; ".join(text.en for text in texts))


def _of_gate(gate: Gate) -> list[Text]:
    """The words that differ from those of the default gate."""
    if gate == DEFAULT_GATE:
        return []
    words = [f"--fail-on {word}" for word in gate.fail_words if gate.fail_on != DEFAULT_GATE.fail_on]
    if gate.on_unknown != DEFAULT_GATE.on_unknown:
        words.append(f"--on-unknown {gate.unknown_word}")
    if gate.on_disputed != DEFAULT_GATE.on_disputed:
        words.append(f"--on-disputed {gate.on_disputed.value}")
    told = " ".join(words)
    return [Text(f"порог: {told}", f"gate: {told}")]


def _of_selection(policies: PolicySet) -> list[Text]:
    if not isinstance(policies, PartialSet):
        return []
    part, whole = len(policies.policies()), len(policies.whole.policies())
    return [Text(f"проверена часть политик: {part} из {whole}", f"only a part of the policies: {part} of {whole}")]


def _of_baseline(use: BaselineUse | None) -> list[Text]:
    """How much is known, and how many entries nobody needs: other formats than text have no room for that."""
    if use is None:
        return []
    known, fixed = use["known"], len(use["fixed"])
    more = Text(f", лишних записей {fixed}", f", entries to take off {fixed}") if fixed else Text("", "")
    return [Text(f"в списке известного {known}{more.ru}", f"known by the baseline {known}{more.en}")]
