"""Installs Sverka from the wheels beside this file, without network: `install.py [FOLDER]`.

Started by install.sh and install.cmd, which find a Python for it. Leaves with 0 when installed, 1 when the bundle
is damaged, 2 when the user has to decide something, 4 when the system refused.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEELS = HERE / "wheels"
DAMAGED, DECIDE, REFUSED = 1, 2, 4


class StopError(Exception):
    """The end, with an exit code and the lines to show."""

    def __init__(self, code, *lines):
        super().__init__(code)
        self.code, self.lines = code, lines


def main(arguments):
    """Check, install, say how to start; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
            raise StopError(DECIDE, "Укажите одну папку, в которую ставить, или ничего.")
        check_files()
        facts = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
        check_python(facts["targets"])
        target = Path(os.path.abspath(arguments[0])) if arguments else HERE / "sverka"
        install(facts, target)
        show_start(facts, target)
    except StopError as stopped:
        for line in stopped.lines:
            print(line, file=sys.stderr)
        return stopped.code
    except OSError as error:
        print(f"Система отказала: {error}", file=sys.stderr)
        return REFUSED
    return 0


def check_files():
    """Every file of the bundle is there and whole, and there is no wheel besides."""
    try:
        lines = (HERE / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise StopError(DAMAGED, "Нет файла SHA256SUMS. Распакуйте архив заново, целиком.") from None
    expected = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    troubles = []
    for name, digest in sorted(expected.items()):
        file = HERE / name
        if not file.is_file():
            troubles.append(f"Нет файла: {name}")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            troubles.append(f"Файл испорчен: {name}")
    there = {f"wheels/{path.name}" for path in WHEELS.iterdir()} if WHEELS.is_dir() else set()
    troubles += [f"Лишний файл: {name}" for name in sorted(there - set(expected))]
    if troubles or not there:
        raise StopError(DAMAGED, *troubles, "Установки не было. Скопируйте и распакуйте архив заново, целиком.")


def check_python(targets):
    """The wheels are made for this system and this Python."""
    system = {"linux": "linux", "win32": "windows"}.get(sys.platform, sys.platform)
    name = "{}-cp{}{}".format(system, *sys.version_info[:2])
    odd = []
    if sys.implementation.name != "cpython":
        odd.append(f"это не CPython, а {sys.implementation.name}")
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        odd.append("это сборка без GIL")
    if "musl" in str(sysconfig.get_config_var("SOABI")):
        odd.append("система без glibc (musl)")
    if name not in targets:
        odd.append(f"система и версия: {name}, а есть {', '.join(targets)}")
    if odd:
        raise StopError(
            DECIDE,
            f"Для этого Python ({sys.executable}) в комплекте нет файлов:",
            *(f"    {line}" for line in odd),
            "Укажите другой: переменная SVERKA_PYTHON, см. README.txt.",
        )


def install(facts, target):
    """A virtual environment in a new folder with the product in it. After a failure the folder is gone again."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise StopError(DECIDE, f"Это не папка: {target}", "Укажите другую папку.")
    if target.is_dir() and any(target.iterdir()):
        raise StopError(DECIDE, f"Папка уже есть и не пуста: {target}", "Удалите её или укажите другую.")
    print(f"Сверка {facts['version']} ставится в {target} ...", flush=True)
    try:
        # Without pip of its own: many systems cut `ensurepip` out of Python. The pip of the bundle is used.
        run("Не удалось создать окружение", sys.executable, "-I", "-m", "venv", "--without-pip", target)
        python, command = programs(target)
        options = ["--no-index", "--find-links", WHEELS, "--only-binary=:all:", "--no-cache-dir", "--no-input"]
        quiet = ["--quiet", "--disable-pip-version-check", "--no-warn-script-location"]
        pip = WHEELS / facts["pip"] / "pip"
        run("Не удалось установить", python, "-I", pip, "install", *options, *quiet, facts["requirement"])
        run("Установленная программа не запускается", command, "--version")
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def run(failure, *command):
    """Run a program that reads no settings of this machine; what it says is shown only when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(("PIP_", "PYTHON"))}
    kept["PIP_CONFIG_FILE"] = os.devnull
    ran = subprocess.run(
        [str(part) for part in command],
        env=kept,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if ran.returncode:
        said = ran.stdout.decode("utf-8", "backslashreplace").splitlines()[-8:]
        raise StopError(REFUSED, f"{failure}:", *(f"    {line}" for line in said))


def programs(target):
    """The Python of the environment, and the command."""
    if sys.platform == "win32":
        return target / "Scripts" / "python.exe", target / "Scripts" / "sverka.exe"
    return target / "bin" / "python", target / "bin" / "sverka"


def show_start(facts, target):
    """How to start what was installed."""
    command = programs(target)[1]
    if sys.platform == "win32":
        activate = f'"{command.parent / "activate.bat"}"'
    else:
        activate = f'. "{command.parent / "activate"}"'
    print(f"Готово: Сверка {facts['version']} установлена.")
    print("Первый запуск, готовый пример (набирайте в папке, где можно писать):")
    print(f'    "{command}" demo')
    print("Чтобы набирать просто sverka, сначала выполните:")
    print(f"    {activate}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
