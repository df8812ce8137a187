"""dramatis eval adversarial | coding | grounding | personas | retrieval | support | …: measure, compare, report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models.cast import Cast
    from app.models.evidence import Evidence
    from app.workbench import Workbench
    from evals.report import EvalReport

group = typer.Typer(help="Measure the parts of Dramatis on data of known truth.", no_args_is_help=True)

DatasetOption = Annotated[Path, typer.Option("--dataset", help="File or folder in the suite's format.")]
JsonFile = Annotated[Path | None, typer.Option("--json", metavar="OUT", help="Write the report as JSON here.")]
HtmlFile = Annotated[Path | None, typer.Option("--html", metavar="OUT", help="Write the report as a page here.")]


@group.command()
def adversarial(
    dataset: Annotated[Path, typer.Option("--dataset", help="A folder of interviews.")],
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """Models' answers with bad citations, each kind in turn: whether any gets through, and what is lost with them."""
    from evals.suites import adversarial as suite

    _deliver(suite.run(dataset), json, html)


@group.command()
def assign(
    study: Annotated[str, typer.Option("--study", help="A study of this home, as it stands.")],
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """Participants placed by rules learnt without them: how many rightly, how many not at all, against naming the
    largest segment each time."""
    from app.synthesis.casting import load_cast
    from app.wiring import build_workbench
    from evals.suites import assigning as suite

    _deliver(suite.run(load_cast(build_workbench(), study)), json, html)


@group.command()
def briefs(dataset: DatasetOption, json: JsonFile = None, html: HtmlFile = None) -> None:
    """Every brief of a folder of interviews: the gate, consent, objections, and what each says of its own."""
    from evals.suites import briefs as suite

    _deliver(suite.run(dataset), json, html)


@group.command()
def coding(
    dataset: Annotated[Path | None, typer.Option("--dataset", help="File in the suite's format.")] = None,
    coders: Annotated[
        str | None, typer.Option(metavar="A,B", help="Two coders of a study, people or `local`: how far they agree.")
    ] = None,
    study: Annotated[
        str | None, typer.Option("--study", help="With --coders: the study (default: the only one).")
    ] = None,
    cross_validate: Annotated[
        int | None,
        typer.Option(min=2, max=20, help="Train on all folds of sources but one, score that one, in turn."),
    ] = None,
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """Codes against a person's codes: F1, agreement, and what reaches personas; or two coders of a study."""
    if (dataset is None) == (coders is None):
        raise typer.BadParameter("give either --dataset or --coders A,B")
    if dataset is None:
        return _agreement(str(coders), study, json, html)
    from app.engines.coder import LocalCoder
    from app.settings import Settings
    from evals.suites import coding as suite
    from retrieval.embeddings import MiniLM

    settings = Settings()
    embedder = MiniLM(settings.models, settings.threads)
    coder = None if cross_validate else LocalCoder.load()
    return _deliver(suite.run(dataset, cross_validate=cross_validate, coder=coder, embedder=embedder), json, html)


def _agreement(coders: str, study: str | None, json: Path | None, html: Path | None) -> None:
    from app.synthesis.agreement import shared_reading
    from app.wiring import build_workbench
    from evals.suites import agreement as suite

    names = [name.strip() for name in coders.split(",") if name.strip()]
    if len(names) != 2:
        raise typer.BadParameter("name two coders: --coders A,B")
    bench = build_workbench()
    chosen = study or _only_study(bench)
    first, second = names
    _deliver(suite.run(shared_reading(bench, chosen, first, second), first, second, chosen), json, html)


def _only_study(bench: "Workbench") -> str:
    with bench.store.transaction() as tx:
        known = [one.id for one in tx.studies.all()]
    if len(known) != 1:
        raise typer.BadParameter(f"say which study: --study {' | '.join(known) or 'ID'}")
    return known[0]


@group.command()
def grounding(dataset: DatasetOption, json: JsonFile = None, html: HtmlFile = None) -> None:
    """Quotes looked up in sources: exact, near, said by somebody else, invented."""
    from evals.suites import grounding as suite

    _deliver(suite.run(dataset), json, html)


@group.command()
def personas(
    dataset: Annotated[Path | None, typer.Option("--dataset", help="A folder of interviews, run twice.")] = None,
    study: Annotated[str | None, typer.Option("--study", help="Or a study of this home, as it stands.")] = None,
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """The pipeline's output: schema, word-for-word quotes, citations, coverage, distinctness, stability, reruns."""
    from evals.pipeline import cast_folder, cast_of_study, run_folder
    from evals.suites import personas as suite

    if (dataset is None) == (study is None):
        raise typer.BadParameter("give either --dataset or --study")
    if dataset:
        done = run_folder(dataset)
        rerun, _ = cast_folder(dataset)
        stability = _stability(done.cast, done.evidence)
        return _deliver(suite.run(done.cast, done.sources, rerun, stability), json, html)
    cast, sources, evidence = cast_of_study(str(study))
    stability = _stability(cast, evidence)
    return _deliver(suite.run(cast, sources, stability=stability), json, html)


def _stability(cast: "Cast", evidence: "Sequence[Evidence]") -> float | None:
    """How far segments stay when somebody is left out; None with a language model, which would be asked each time."""
    from evals.leave_one_out import leave_one_out
    from evals.pipeline import fresh_bench, profiles_of

    with fresh_bench() as bench:
        if bench.settings.reader == "llm":
            return None
        return leave_one_out(profiles_of(cast, evidence), cast.themes, bench.engine)


@group.command()
def retrieval(dataset: DatasetOption, json: JsonFile = None, html: HtmlFile = None) -> None:
    """Questions whose answering turns are marked: ours against BM25, dense and RRF on windows of 8 turns."""
    from evals.pipeline import fresh_bench
    from evals.suites import retrieval as suite

    with fresh_bench() as bench:
        _deliver(suite.run(dataset, bench), json, html)


@group.command()
def support(dataset: DatasetOption, json: JsonFile = None, html: HtmlFile = None) -> None:
    """Claims with evidence that carries them, in part or not: does the deterministic checker tell?"""
    from evals.pipeline import fresh_bench
    from evals.suites import support as suite

    with fresh_bench() as bench:
        _deliver(suite.run(dataset, bench.embedder), json, html)


@group.command()
def synthesis(
    dataset: DatasetOption,
    engine: Annotated[str | None, typer.Option(help="`local` or `llm` (default: as DRAMATIS_ENGINE says).")] = None,
    cassette: Annotated[
        Path | None, typer.Option(help="Play this conversation with a language model (default: that of the dataset).")
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Ask the model that is set up, and write the cassette.")
    ] = False,
    json: JsonFile = None,
    html: HtmlFile = None,
) -> None:
    """The whole job on an invented study whose truth is known: statements, themes, segments, leaks, orders."""
    from evals.cassettes import heard
    from evals.pipeline import run_folder
    from evals.suites import synthesis as suite

    with heard(dataset, engine, cassette, record=record) as settings:
        report = suite.run(dataset, lambda folder: run_folder(folder, settings))
    _deliver(report, json, html)


@group.command()
def themes(dataset: DatasetOption, json: JsonFile = None, html: HtmlFile = None) -> None:
    """Segments of a table of participants and true themes: how good segmenting is when all before it is right."""
    from evals.pipeline import fresh_bench
    from evals.suites import themes as suite

    with fresh_bench() as bench:
        _deliver(suite.run(dataset, bench.engine), json, html)


def _deliver(report: "EvalReport", json: Path | None, html: Path | None) -> None:
    """Print the scores beside the committed baseline, and write what was asked for."""
    from rich.console import Console

    from evals.report import baseline_for, print_report, to_html

    baseline = baseline_for(report)
    print_report(report, Console(), baseline)
    if json:
        _write(json, report.to_json())
    if html:
        _write(html, to_html(report, baseline))


def _write(path: Path, text: str) -> None:
    from app.errors import BadInput

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}. Choose another file.") from error
    say(f"Written: {path}")
