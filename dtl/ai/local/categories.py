"""What well-known categories are about: a bare word such as "tech" says little to an embedding model.

Each has descriptions and sentences such as its texts hold; the mean of their vectors stands for the category.
"""

from __future__ import annotations

KNOWN: dict[str, tuple[str, ...]] = {
    "world": (
        "international politics, government, diplomacy, war and conflict between countries",
        "world news: elections, presidents and ministers, troops, attacks, the United Nations, human rights",
        "The president met the prime minister for peace talks.",
        "Rebels and soldiers clashed and civilians were killed in the bombing.",
        "Voters go to the polls in the country's election.",
        "A court sentenced the former leader; protesters marched in the capital.",
        "Kidnapped hostages were released by militants.",
    ),
    "politics": (
        "politics, government, elections and parliament",
        "presidents, ministers, parties, laws and votes",
        "The senator spoke against the bill before the vote.",
        "The party chose its candidate for the election.",
        "The government announced a reform, and the opposition criticised it.",
    ),
    "sports": (
        "sports: games, teams, players, coaches, matches and championships",
        "football, baseball, basketball, tennis, golf, cricket, the Olympic games, the season's score",
        "The team won the final after a late goal.",
        "The pitcher threw a shutout and the home side took the series.",
        "The coach said his quarterback is injured for the season.",
        "She won the gold medal in the race.",
        "The driver took pole position; the champion beat his rival in straight sets.",
    ),
    "business": (
        "business, companies, the economy, stocks and markets",
        "earnings, profit, oil prices, mergers, banks, jobs, trade, shares and investors",
        "Shares fell as crude oil prices rose to a record.",
        "The company reported higher quarterly profit and raised its forecast.",
        "The airline filed for bankruptcy protection and will cut jobs.",
        "The central bank raised interest rates; the dollar slipped against the euro.",
        "The retailer agreed to buy its rival in a deal worth billions.",
    ),
    "technology": (
        "technology: computers, software, the internet, phones and electronic devices",
        "Microsoft, Google, Apple, Linux, security holes, viruses, video games, search engines, chips",
        "The company released a new version of its browser that fixes a security flaw.",
        "A new game console and music player go on sale.",
        "Hackers spread a worm by e-mail; spam and spyware grow.",
        "The chip maker showed a faster processor for servers.",
        "Users can search the web and download music online.",
    ),
    "science": (
        "science: research, space, physics, biology, climate and nature",
        "scientists study planets, NASA, fossils, genes, medicine, global warming and animals",
        "The spacecraft sent back pictures of the planet's moon.",
        "Researchers found a new species and published the study in a journal.",
    ),
    "entertainment": (
        "entertainment: film, music, television, actors and celebrities",
        "movies, singers, awards, shows, books and theatre",
        "The band's new album topped the charts.",
        "The actress won an award for her role in the film.",
        "The final episode of the series drew a record audience.",
    ),
    "health": (
        "health, medicine, disease, hospitals and doctors",
        "patients, drugs, vaccines, diet and fitness",
        "Doctors advise patients with high blood pressure to eat less salt.",
        "The new drug lowers the risk of a heart attack.",
        "The virus spreads in hospitals.",
    ),
    "education": ("education, schools, teachers and students", "universities, learning, exams and courses"),
    "travel": ("travel, tourism, hotels and flights", "holidays, destinations, airports and trips"),
    "food": ("food, cooking, recipes and restaurants", "meals, drinks, ingredients and taste"),
    "finance": ("finance, banking, money and investment", "stocks, bonds, interest rates, currencies and funds"),
}

SYNONYMS = {
    "tech": "technology",
    "it": "technology",
    "computing": "technology",
    "computers": "technology",
    "sci": "science",
    "sport": "sports",
    "economy": "business",
    "economics": "business",
    "international": "world",
    "world news": "world",
    "movies": "entertainment",
    "music": "entertainment",
    "culture": "entertainment",
    "medicine": "health",
    "medical": "health",
    "government": "politics",
}
