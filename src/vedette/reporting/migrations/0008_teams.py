"""What a team sent after an attack is to find out, and what it found; blanked by a purge."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models

from vedette.handling.purging_sql import blanking, made

FUNCTIONS, DROPS = made(
    blanking("reporting_teamquestion", "text = '[purged]', because = ''", "held.mission_id IN {sheets}"),
    blanking(
        "reporting_teamanswer",
        "none_because = CASE WHEN held.report_id IS NULL THEN '[purged]' ELSE '' END",
        "held.question_id IN (SELECT question.id FROM reporting_teamquestion AS question WHERE question.mission_id IN {sheets})",
    ),
)


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0008_itineraries'),
        ('reporting', '0007_rooting'),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamQuestion',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('number', models.SmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('by', models.UUIDField(null=True)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('mission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_questions', to='programme.mission')),
                ('of_list', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.questionlist')),
            ],
        ),
        migrations.CreateModel(
            name='TeamAnswer',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('none_because', models.CharField(blank=True, max_length=300)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('by', models.UUIDField(null=True)),
                ('report', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_to_teams', to='reporting.report')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='reporting.teamquestion')),
            ],
        ),
        migrations.AddConstraint(
            model_name='teamquestion',
            constraint=models.UniqueConstraint(fields=('mission', 'number'), name='team_question_number'),
        ),
        migrations.AddConstraint(
            model_name='teamanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('question',), name='team_answer_current'),
        ),
        migrations.AddConstraint(
            model_name='teamanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('none_because', ''), ('report__isnull', False)), models.Q(('report__isnull', True), models.Q(('none_because', ''), _negated=True)), _connector='OR'), name='team_answer_or_reason'),
        ),
        migrations.RunSQL(FUNCTIONS, DROPS),
    ]
