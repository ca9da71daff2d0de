"""Which of some categories a text belongs to, by likeness of embeddings to descriptions of them (zero-shot)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

#: What the categories of the trade are about: a bare word such as "tech" says little to an embedding model.
#: Several descriptions of one category are averaged.
_NEWS = {
    "world": ("international politics, government, diplomacy, war and conflict between countries",
              "world news: elections, presidents and ministers, troops, attacks, the United Nations, human rights"),
    "politics": ("politics, government, elections and parliament", "presidents, ministers, parties, laws and votes"),
    "sports": ("sports: games, teams, players, coaches, matches and championships",
               "football, baseball, basketball, tennis, golf, cricket, the Olympic games, the season's score"),
    "business": ("business, companies, the economy, stocks and markets",
                 "earnings, profit, oil prices, mergers, banks, jobs, trade, shares and investors"),
    "technology": ("technology: computers, software, the internet, phones and electronic devices",
                   "Microsoft, Google, Apple, Linux, security holes, viruses, video games, search engines, chips"),
    "science": ("science: research, space, physics, biology, climate and nature",
                "scientists study planets, NASA, fossils, genes, medicine, global warming and animals"),
    "entertainment": ("entertainment: film, music, television, actors and celebrities",
                      "movies, singers, awards, shows, books and theatre"),
    "health": ("health, medicine, disease, hospitals and doctors", "patients, drugs, vaccines, diet and fitness"),
    "education": ("education, schools, teachers and students", "universities, learning, exams and courses"),
    "travel": ("travel, tourism, hotels and flights", "holidays, destinations, airports and trips"),
    "food": ("food, cooking, recipes and restaurants", "meals, drinks, ingredients and taste"),
    "finance": ("finance, banking, money and investment", "stocks, bonds, interest rates, currencies and funds"),
}  # fmt: skip
_SYNONYMS = {
    "tech": "technology", "sci": "science",
    "sport": "sports", "economy": "business", "economics": "business", "it": "technology",
    "international": "world", "world news": "world", "computing": "technology", "movies": "entertainment",
    "music": "entertainment", "medicine": "health", "medical": "health", "government": "politics",
}  # fmt: skip
Encode = Callable[[Sequence[str]], Sequence[list[float]]]


def descriptions(name: str, given: str | None = None) -> list[str]:
    """Return what a category is about: the description given, or ours for well-known names, or its name."""
    if given:
        return [f"{name}: {given}", given]
    parts = [part.strip() for part in name.lower().replace(" and ", "/").replace("&", "/").split("/") if part.strip()]
    found: list[str] = []
    for part in parts:
        found.extend(_NEWS.get(_SYNONYMS.get(part, part), ()))
    return found or [f"This text is about {name}.", name]


def centroids(categories: Mapping[str, str | None], encode: Encode) -> dict[str, list[float]]:
    """Return a vector for each category: the mean of those of its descriptions."""
    texts = {name: descriptions(name, given) for name, given in categories.items()}
    vectors = iter(encode([text for each in texts.values() for text in each]))
    return {name: _mean([next(vectors) for _ in each]) for name, each in texts.items()}


def choose(vector: list[float], centres: Mapping[str, list[float]]) -> tuple[str, float]:
    """Return the nearest category and its likeness; the first of equals."""
    scores = {name: sum(a * b for a, b in zip(vector, centre, strict=True)) for name, centre in centres.items()}
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best]


def _mean(vectors: list[list[float]]) -> list[float]:
    total = [sum(column) for column in zip(*vectors, strict=True)]
    length = sum(each * each for each in total) ** 0.5 or 1.0
    return [each / length for each in total]
