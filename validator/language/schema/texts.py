"""What an editor says of the words that policy files choose from, in both languages. Texts only."""

from __future__ import annotations

from validator.language.data_files import COVERAGE
from validator.logic.policy import Force, Modality, Severity
from validator.logic.text import Text

MODALITIES = {
    Modality.PROHIBITION.value: Text("запрет", "prohibition"),
    Modality.OBLIGATION.value: Text("обязанность", "obligation"),
    Modality.PERMISSION.value: Text("разрешение", "permission"),
    Modality.RECOMMENDATION.value: Text("рекомендация", "recommendation"),
}
SEVERITIES = {
    Severity.CRITICAL.value: Text("критическая", "critical"),
    Severity.HIGH.value: Text("высокая", "high"),
    Severity.MEDIUM.value: Text("средняя", "medium"),
    Severity.LOW.value: Text("низкая", "low"),
    Severity.INFO.value: Text("для сведения", "for information"),
}
FORCES = {
    Force.FEDERAL_LAW.value: Text("федеральный закон", "federal law"),
    Force.GOVERNMENT_ACT.value: Text("акт Правительства", "act of the Government"),
    Force.MINISTRY_ORDER.value: Text("приказ министерства", "order of a ministry"),
    Force.MINISTRY_LETTER.value: Text("письмо министерства", "letter of a ministry"),
    Force.REGIONAL_ACT.value: Text("акт субъекта федерации", "act of a federal subject"),
    Force.LOCAL_ACT.value: Text("локальный акт", "local act"),
    Force.GUIDANCE.value: Text("разъяснение, слайды, правила платформы", "guidance, slides, platform rules"),
    Force.PRESS.value: Text("пресса", "press"),
}
COVERAGE_TEXTS = dict(
    zip(
        COVERAGE,
        (
            Text("проверяется программой", "checked by the program"),
            Text("проверяется отчасти", "checked in part"),
            Text("проверяет человек", "checked by a person"),
            Text("отложено", "put off"),
            Text("проверить нельзя", "can't be checked"),
        ),
        strict=True,
    )
)
STATUS = {"draft": Text("черновик: проверяется на ошибки, но не применяется", "draft: checked, never applied")}
EXPECTED = {
    "violation": Text("нарушение", "violation"),
    "advice": Text("совет: рекомендация не выполнена", "advice: a recommendation is not followed"),
    "unknown": Text("нет данных", "unknown"),
    "ok": Text("нарушения нет, причина не важна", "no violation, for whatever reason"),
    "met": Text("требование выполнено", "the requirement is met"),
    "exempt": Text("действует исключение", "an exception holds"),
    "not_applicable": Text("норма не об этом", "the norm does not concern it"),
    "not_in_force": Text("норма в этот день не действует", "the norm is not in force that day"),
    "open": Text("нарушения нет, причина зависит от недостающих данных", "no violation, the reason is open"),
}
