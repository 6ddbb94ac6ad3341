#!/bin/sh
# Ставит Сверку @VERSION@ без сети: sh install.sh [ПАПКА]
# Свой Python можно указать так: SVERKA_PYTHON=/путь/к/python3 sh install.sh
set -u
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 4
if [ ! -f "$here/install.py" ]; then
    echo "Комплект распакован не полностью: рядом нет install.py. Распакуйте архив заново, целиком." >&2
    exit 1
fi

version_of() {
    "$1" -c 'import sys; print(sys.version.split()[0])' 2>/dev/null
}

seen=
for candidate in ${SVERKA_PYTHON:+"$SVERKA_PYTHON"} python3.14 python3.13 python3.12 python3.11 python3 python; do
    if "$candidate" -I -c "@SUITS@" >/dev/null 2>&1; then
        exec "$candidate" -I "$here/install.py" "$@"
    fi
    version=$(version_of "$candidate") && seen="$seen $candidate ($version)"
    if [ -n "${SVERKA_PYTHON:-}" ]; then
        break
    fi
done

{
    if [ -n "${SVERKA_PYTHON:-}" ] && [ -z "$seen" ]; then
        echo "Указанный Python не запускается: $SVERKA_PYTHON"
    elif [ -z "$seen" ]; then
        echo "Python не найден."
    else
        echo "Подходящего Python нет. Найдены:$seen"
    fi
    echo "Нужен 64-разрядный CPython одной из версий: @PYTHONS_TOLD@."
    echo "Поставьте его из хранилища вашей системы (пакет python@PYTHON_EXAMPLE@ или похожий) либо укажите, где он лежит:"
    echo "    SVERKA_PYTHON=/путь/к/python@PYTHON_EXAMPLE@ sh install.sh"
} >&2
exit 2
