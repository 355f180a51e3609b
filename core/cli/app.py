"""The app that commands register at, and how it ends."""

import logging
import sys

import typer

from core.work.errors import BadInput
from core.work.settings import settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which recommender serves which people better, and how sure are we?",
)


def main() -> None:
    """Run a command: 0 done, 2 bad arguments or bad input, 1 our own fault."""
    try:
        logging.basicConfig(level="WARNING", stream=sys.stderr, format="%(levelname)s %(message)s")
        if "log_level" in settings().model_fields_set:  # else what goes wrong is said once, at the end
            logging.getLogger("core").setLevel(settings().log_level)  # ours: libraries talk a lot
        app()
    except BadInput as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as error:
        typer.echo(f"{error.filename or 'The disk'}: {error.strerror or error}", err=True)
        sys.exit(1)
