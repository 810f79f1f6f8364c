"""The user's own Python, imported because the user named it. A checkpoint never names code."""

import ast
import importlib
import importlib.util
import inspect
import sys
from pathlib import Path

from refusal import Refusal, first_line


def import_code(place):
    """The module of `FILE.py` or `package.module`; both may import what lies beside them."""
    path = Path(place)
    is_file = path.suffix == ".py"
    if is_file and not path.is_file():
        raise Refusal(f"{place}: there is no such file.")
    sys.path.insert(0, str(path.parent.resolve() if is_file else Path.cwd()))
    try:
        if not is_file:
            return importlib.import_module(place)
        specification = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(specification)
        sys.modules.setdefault(path.stem, module)
        specification.loader.exec_module(module)
        return module
    except Exception as error:
        raise Refusal(f"{place}: can't be imported: {first_line(error)}") from error


def import_class(place):
    """The class of `FILE.py:Class` or `package.module:Class`."""
    code, separator, name = place.rpartition(":")
    if not separator:
        raise Refusal(f"--class {place}: names no class. Write FILE.py:CLASS or package.module:CLASS.")
    module = import_code(code)
    found = getattr(module, name, None)
    if not inspect.isclass(found):
        classes = [key for key, value in vars(module).items() if value.__class__ is type or inspect.isclass(value)]
        raise Refusal(f"{code}: has no class '{name}'. It has: {', '.join(sorted(classes)) or 'none'}.")
    return found


def make(kind, arguments, defaults=None):
    """An instance of a class, from `NAME=VALUE` texts over those defaults that its constructor takes."""
    parameters = inspect.signature(kind).parameters
    takes_all = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    values = {key: value for key, value in (defaults or {}).items() if takes_all or key in parameters}
    for argument in arguments:
        name, separator, text = argument.partition("=")
        if not separator:
            raise Refusal(f"--with {argument}: has no value. Write NAME=VALUE.")
        values[name] = literal(text)
    try:
        return kind(**values)
    except Exception as error:
        raise Refusal(
            f"{kind.__name__}: can't be made: {first_line(error)} State its arguments: --with NAME=VALUE ..."
        ) from error


def literal(text):
    """A Python number, list, True or the like where the text is one; else the text."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
