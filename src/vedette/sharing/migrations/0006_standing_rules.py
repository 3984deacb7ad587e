"""Standing rules for shared posts, and the drafts made under them; what was signed of a rule does not change."""

import django.db.models.deletion
import vedette.kit.ids
from django.db import migrations, models
from vedette.handling.purging_sql import blanking, made

# Of a rule only its end is ever written, once; none is deleted.
GUARD = """
CREATE FUNCTION sharing_standingrule_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.until IS NOT NULL OR
       (NEW.share_id, NEW.post_id, NEW.partner_id, NEW.clause_id, NEW.label, NEW.last_day, NEW.jws, NEW.since, NEW.by_id, NEW.because)
       IS DISTINCT FROM
       (OLD.share_id, OLD.post_id, OLD.partner_id, OLD.clause_id, OLD.label, OLD.last_day, OLD.jws, OLD.since, OLD.by_id, OLD.because)
    THEN
        RAISE EXCEPTION 'a standing rule is ended, never changed: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sharing_standingrule_fixed BEFORE UPDATE OR DELETE ON sharing_standingrule
    FOR EACH ROW EXECUTE FUNCTION sharing_standingrule_fixed();
"""
UNDO = "DROP TRIGGER sharing_standingrule_fixed ON sharing_standingrule; DROP FUNCTION sharing_standingrule_fixed();"
FUNCTIONS, DROPS = made(
    blanking(
        "sharing_standingdraft",
        "because = CASE held.because WHEN '' THEN '' ELSE '[purged]' END",
        "held.release_id IN {sheets}",
    )
)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_security_rule'),
        ('funding', '0007_shared_posts'),
        ('programme', '0011_signing'),
        ('sharing', '0005_reply'),
    ]

    operations = [
        migrations.CreateModel(
            name='StandingRule',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=12)),
                ('last_day', models.DateField()),
                ('jws', models.TextField()),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('because', models.CharField(max_length=300)),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_rules', to='programme.clause')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.post')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standing_rules', to='funding.postshare')),
            ],
        ),
        migrations.CreateModel(
            name='StandingDraft',
            fields=[
                ('id', models.UUIDField(default=vedette.kit.ids.new_id, primary_key=True, serialize=False)),
                ('mark', models.BinaryField(max_length=32)),
                ('since', models.DateTimeField()),
                ('drafted_at', models.DateTimeField()),
                ('renewals', models.SmallIntegerField(default=0)),
                ('until', models.DateTimeField(null=True)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.seat')),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='standing_draft', to='sharing.release')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='sharing.standingrule')),
            ],
        ),
        migrations.AddField(
            model_name='release',
            name='standing_rule',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='sharing.standingrule'),
        ),
        migrations.AddConstraint(
            model_name='standingrule',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('post', 'partner'), name='standing_rule_current'),
        ),
        migrations.AddConstraint(
            model_name='standingrule',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('ended_because', ''), _negated=True), _connector='XOR'), name='standing_rule_ended_whole'),
        ),
        migrations.AddIndex(
            model_name='standingdraft',
            index=models.Index(fields=['rule', '-since'], name='standing_draft_of_rule'),
        ),
        migrations.AddConstraint(
            model_name='standingdraft',
            constraint=models.CheckConstraint(condition=models.Q(('drafted_at__gte', models.F('since'))), name='standing_draft_in_order'),
        ),
        migrations.AddConstraint(
            model_name='standingdraft',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('by__isnull', False), _connector='XOR'), name='standing_draft_aside_whole'),
        ),
        migrations.RunSQL(GUARD + FUNCTIONS, DROPS + UNDO),
    ]
