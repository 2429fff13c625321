"""The commands around the web page: serve, user and token."""

from __future__ import annotations

import ipaddress
import secrets

import click

from sayso.cli.opened import opened
from sayso.cli.options import Options, common
from sayso.cli.output import print_each, print_json
from sayso.errors import UsageError
from sayso.model.account import Account, Role, Token

ROLES = click.Choice([role.value for role in Role])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a bind address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Any address but loopback needs an account first.")
@click.option("--port", default=8000, show_default=True)
@click.option("--https", is_flag=True, help="Behind a proxy that speaks HTTPS: cookies for HTTPS alone.")
@common
def serve(options: Options, host: str, port: int, https: bool) -> None:
    """Serve the web page and the REST API."""
    import uvicorn

    from sayso.web.app import create_app

    with opened(options) as desk:
        accounts = [one for one in desk.view().accounts() if one.secret]
    if not is_loopback(host) and not accounts:
        raise UsageError(
            "others could reach this desk, and it has no account",
            where=host,
            remedy="make one first: sayso user add NAME --role admin",
        )
    app = create_app(options.settings, open_reading=is_loopback(host), secure=https)
    if not options.quiet:
        click.echo(f"http://{host}:{port}/  (Ctrl-C ends it)", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)


@click.command()
@click.option("--http", is_flag=True, help="Over HTTP on this machine instead of standard input and output.")
@click.option("--port", default=8001, show_default=True, help="For --http.")
@common
def mcp(options: Options, http: bool, port: int) -> None:
    """Serve the desk to assistants (Model Context Protocol): ask, show and claims, for reading only."""
    from sayso.web.desk_threads import DeskThreads
    from sayso.web.mcp_server import create_mcp_server

    opened(options, create=False).close()
    desk = DeskThreads(options.settings)
    server = create_mcp_server(desk)
    try:
        if http:
            click.echo(f"http://127.0.0.1:{port}/mcp  (Ctrl-C ends it)", err=True)
            server.run("streamable-http", host="127.0.0.1", port=port)
        else:
            server.run("stdio")
    finally:
        desk.close()


@click.group()
def user() -> None:
    """The accounts of the web page."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, default=Role.READER.value, show_default=True)
@click.password_option(help="Asked for where it is not given.")
@common
def user_add(options: Options, name: str, role: str, password: str) -> None:
    """Make an account, or give one a new password or role."""
    from sayso.web.access import hash_password

    with opened(options) as desk:
        desk.writer().set_account(Account(name, Role(role), hash_password(password)))


@user.command("list")
@common
def user_list(options: Options) -> None:
    """Print the accounts."""

    with opened(options, create=False) as desk:
        print_each(
            desk.view().accounts(),
            options.json,
            lambda one: {"name": one.name, "role": one.role.value, "enabled": one.secret is not None},
            lambda one: f"{one.name}  {one.role.value}{'' if one.secret else '  disabled'}",
        )


@user.command("disable")
@click.argument("name")
@common
def user_disable(options: Options, name: str) -> None:
    """Let an account sign in no more."""
    from sayso.errors import NotFound

    with opened(options, create=False) as desk:
        account = next((one for one in desk.view().accounts() if one.name == name), None)
        if account is None:
            raise NotFound("no account of that name", where=name, remedy="see: sayso user list")
        desk.writer().set_account(Account(name, account.role, None))


@click.group()
def token() -> None:
    """Tokens for programs that use the REST API."""


@token.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, default=Role.READER.value, show_default=True)
@common
def token_add(options: Options, name: str, role: str) -> None:
    """Make a token and print it, this once."""
    from sayso.web.access import digest_of

    secret = f"sayso_{secrets.token_urlsafe(32)}"
    with opened(options) as desk:
        desk.writer().set_token(Token(name, Role(role), digest_of(secret)))
    if options.json:
        print_json({"name": name, "role": role, "token": secret})
    else:
        click.echo(secret)


@token.command("remove")
@click.argument("name")
@common
def token_remove(options: Options, name: str) -> None:
    """Let all tokens of that name count no more."""

    with opened(options, create=False) as desk:
        for one in desk.view().tokens():
            if one.name == name:
                desk.writer().set_token(one, valid=False)
