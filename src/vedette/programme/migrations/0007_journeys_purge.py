"""Purge: teams, checks, tasks, sessions, signs of life, reports and observations of missions."""

from django.db import migrations

from vedette.handling.purging_sql import blanking, made

UNDER = "held.mission_id IN {sheets}"
# A task outside the mandate stands on two leaves: the purge keeps that there were, not their words.
FUNCTIONS, DROPS = made(
    blanking("programme_missionmember", "because = ''", UNDER),
    blanking("programme_missioncheck", "because = '', case_number = ''", UNDER),
    blanking(
        "programme_missiontask",
        "title = '[purged]', leave_because = '[purged]', bureau_leave = '[purged]', because = ''",
        UNDER,
    ),
    blanking("programme_missionsession", "title = '[purged]', because = ''", UNDER),
    blanking("programme_checkin", "place = '', because = ''", UNDER),
    blanking("programme_debrief", "text = '[purged]', because = ''", UNDER),
    blanking("programme_observation", "text = '[purged]', suggestion = '', because = ''", UNDER),
)


class Migration(migrations.Migration):
    dependencies = [("programme", "0006_people_and_journeys"), ("handling", "0004_purge_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, DROPS)]
