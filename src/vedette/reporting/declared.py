"""The verbs of teams' questions and how the log tells them."""

from vedette.handling.verbs import DESK, Verb

SENDERS = DESK | {"programme", "commander"}
TEAM = SENDERS | {"officer"}
CODES = {
    "team.questions_given": "gave a team its questions",
    "team.question_added": "added a question for a team",
    "team.question_dropped": "took a question off a team",
    "team.question_answered": "answered a question of a team",
}
VERBS = {
    "give_questions": Verb("give a team its questions", SENDERS, "team.questions_given"),
    "add_team_question": Verb("add a question for a team", SENDERS, "team.question_added"),
    "drop_team_question": Verb("take a question off a team", SENDERS, "team.question_dropped"),
    "answer_team_question": Verb("answer a question of a team", TEAM, "team.question_answered"),
}
