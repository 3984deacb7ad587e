"""Routes of Settings."""

from django.urls import path

from vedette.web.settings import deeds, glass, house, mine, people, rules, watch

urlpatterns = [
    path("settings/", mine.page, name="settings"),
    path("settings/passkey/", mine.add_passkey, name="settings_passkey"),
    path("settings/passkey/<str:key>/revoke/", mine.revoke_passkey, name="settings_passkey_revoke"),
    path("settings/app/", mine.app, name="settings_app"),
    path("settings/password/", mine.password, name="settings_password"),
    path("settings/recovery/", mine.recovery, name="settings_recovery"),
    path("settings/sessions/end/", mine.end_sessions, name="settings_sessions_end"),
    path("settings/people/", people.page, name="settings_people"),
    path("settings/people/invite/", people.invite_person, name="settings_invite"),
    path("settings/people/<str:key>/", people.one, name="settings_seat"),
    path("settings/people/<str:key>/<slug:deed>/", deeds.act, name="settings_deed"),
    path("settings/locks/", watch.page, name="settings_locks"),
    path("settings/locks/<str:key>/release/", watch.release, name="settings_release"),
    path("settings/glass/", watch.glass, name="settings_glass"),
    path("glass/notices/", glass.waiting, name="glass_notices"),
    path("glass/<str:key>/acknowledge/", glass.acknowledge, name="glass_acknowledge"),
    path("settings/rules/", rules.page, name="settings_rules"),
    path("settings/rules/<slug:key>/", rules.one, name="settings_rule"),
    path("settings/house/", house.page, name="settings_house"),
]
