"""The `tutor` key of an authored notebook, with its upgrade from older versions and what of it a learner may know."""

import itertools
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictFloat,
    StrictInt,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from jupyter_tutor.errors import AuthorError
from jupyter_tutor.python import parse_expression

SCHEMA_VERSION = 1
Kind = Literal["algorithm", "data-structure", "debugging", "practical"]
Difficulty = Literal["easy", "medium", "hard"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Value = StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)] | Text
RELEASED = {
    "schema_version",
    "slug",
    "title",
    "language",
    "kind",
    "difficulty",
    "topics",
    "objectives",
    "success_criteria",
    "minutes",
}
"""What a learner's copy keeps."""


class Mistake(BaseModel):
    """A typical wrong answer: the whole answer cell, and what to tell the learner who wrote it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Text
    source: Text
    says: Text


class Weights(BaseModel):
    """How much each criterion counts towards the score."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    correctness: float = Field(40, ge=0)
    quality: float = Field(30, ge=0)
    efficiency: float = Field(15, ge=0)
    style: float = Field(15, ge=0)


class ExerciseLimits(BaseModel):
    """Seconds an exercise needs beyond the defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    submission: float | None = Field(None, gt=0, le=600)
    check: float | None = Field(None, gt=0, le=300)


class Growth(BaseModel):
    """Inputs that grow, for efficiency: `input` is a Python function that gives the arguments of `call` (a tuple) for
    each of `sizes` and for the few numbers above it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    call: str
    input: Text
    sizes: Annotated[tuple[int, ...], Field(min_length=3, max_length=8)]

    @field_validator("call")
    @classmethod
    def is_a_name(cls, call: str) -> str:
        if not call.isidentifier():
            raise ValueError(f"{call!r} has to be the name of a function")
        return call

    @field_validator("input")
    @classmethod
    def is_a_function(cls, source: str) -> str:
        try:
            parse_expression(source)
        except (SyntaxError, ValueError):
            raise ValueError("it has to be a Python expression, like `lambda n: (list(range(n)),)`") from None
        return source

    @field_validator("sizes")
    @classmethod
    def grow(cls, sizes: tuple[int, ...]) -> tuple[int, ...]:
        if sizes[0] < 1 or any(b <= a for a, b in itertools.pairwise(sizes)) or sizes[-1] < 2 * sizes[0]:
            raise ValueError("they have to grow from 1 or more, to twice the first at least")
        return sizes


class Theme(BaseModel):
    """The same task told for other interests: `values` has for each parameter of the exercise what stands in the place
    of its default, `title` what stands in the place of the exercise's title.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Slug
    interests: Annotated[tuple[Slug, ...], Field(min_length=1)]
    title: Text | None = None
    values: dict[str, Value]

    def misfit(self, parameters: dict[str, Value]) -> str:
        """Why the values do not go with an exercise's parameters; nothing when they do."""
        if missing := parameters.keys() - self.values.keys():
            return f"it has no value for {', '.join(map(repr, sorted(missing)))}"
        if unknown := self.values.keys() - parameters.keys():
            return f"it has a value for {', '.join(map(repr, sorted(unknown)))}, which is not in `tutor.parameters`"
        for parameter, value in self.values.items():
            if type(value) is not type(parameters[parameter]):
                return f"the value for {parameter!r} has to be of the same type as its default"
        return f"two parameters have the value {twice!r}" if (twice := _twice(self.values)) is not None else ""


class TutorMetadata(BaseModel):
    """Everything an author says about an exercise; all but slug and title has a default."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    schema_version: Literal[1] = 1
    slug: Slug
    title: Text
    language: Text = "python"
    kind: Kind = "practical"
    difficulty: Difficulty = "medium"
    topics: tuple[Slug, ...] = ()
    objectives: tuple[Text, ...] = ()
    success_criteria: tuple[Text, ...] = ()
    minutes: int = Field(20, ge=1, le=600)
    interests: tuple[Slug, ...] = ()
    hints: tuple[Text, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    weights: Weights = Weights()
    credit: Literal["cell", "check"] = "cell"
    limits: ExerciseLimits = ExerciseLimits()
    files: tuple[str, ...] = ()
    growth: Growth | None = None
    parameters: dict[str, Value] = {}
    themes: tuple[Theme, ...] = ()
    theme: str = ""

    @property
    def tellings(self) -> dict[str, tuple[str, ...]]:
        """The interests of each theme by its name; the author's own text has the empty name."""
        return {"": self.interests} | {theme.name: theme.interests for theme in self.themes}

    @field_validator("parameters")
    @classmethod
    def differ(cls, parameters: dict[str, Value]) -> dict[str, Value]:
        if (twice := _twice(parameters)) is not None:
            raise ValueError(f"two of them have the default {twice!r}")
        return parameters

    @field_validator("themes")
    @classmethod
    def fit(cls, themes: tuple[Theme, ...], info: ValidationInfo) -> tuple[Theme, ...]:
        names = [theme.name for theme in themes]
        for theme in themes:
            if names.count(theme.name) > 1:
                raise ValueError(f"two of them have the name {theme.name!r}")
            if "parameters" in info.data and (misfit := theme.misfit(info.data["parameters"])):
                raise ValueError(f"{theme.name!r}: {misfit}")
        return themes

    @field_validator("files")
    @classmethod
    def stay_inside(cls, files: tuple[str, ...]) -> tuple[str, ...]:
        for name in files:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name or not path.name or path.suffix == ".ipynb":
                raise ValueError(f"{name!r} has to be a data file beside the notebook or below it")
        return files


def _twice(values: dict[str, Value]) -> Value | None:
    """A value that is there twice as a text, as 1 and "1" are."""
    texts = list(map(str, values.values()))
    return next((value for value in values.values() if texts.count(str(value)) > 1), None)


def read_metadata(data: Any, defaults: dict[str, str], where: str) -> TutorMetadata:
    """The metadata in a notebook's `tutor` key, upgraded. `where` names the notebook in errors. Raises AuthorError."""
    if not isinstance(data, dict):
        raise AuthorError(f"{where}: the notebook metadata `tutor` has to be an object, it is {type(data).__name__}")
    try:
        return TutorMetadata.model_validate(defaults | upgrade(data, where))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(p) for p in first["loc"])
        raise AuthorError(f"{where}: the notebook metadata `tutor.{place}` is not right: {first['msg']}") from None


def upgrade(data: dict[str, Any], where: str) -> dict[str, Any]:
    """Metadata of an older version in the form of the present one. Raises AuthorError for a newer one."""
    version = data.get("schema_version", 0 if data else SCHEMA_VERSION)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise AuthorError(
            f"{where}: tutor.schema_version is {version!r}, this Jupyter Tutor reads up to {SCHEMA_VERSION}: upgrade it"
        )
    for step in range(version, SCHEMA_VERSION):
        data = _UPGRADES[step](data)
    return data


def _from_0(data: dict[str, Any]) -> dict[str, Any]:
    """Version 0 had no number, one `topic`, and mistakes as a mapping from name to source."""
    data = dict(data, schema_version=1)
    if "topic" in data:
        data.setdefault("topics", [data.pop("topic")])
    if isinstance(data.get("mistakes"), dict):
        data["mistakes"] = [{"name": name, "source": source, "says": name} for name, source in data["mistakes"].items()]
    return data


_UPGRADES = {0: _from_0}


def released(metadata: TutorMetadata) -> dict[str, Any]:
    """The part of the metadata that a learner's copy carries: no hints, no mistakes."""
    return metadata.model_dump(mode="json", include=RELEASED)
