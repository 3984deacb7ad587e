"""Routes of Settings."""

from django.urls import path

from vedette.web.settings import authority, deeds, glass, house, ladders, mine, people, phones, rules, sites, watch

urlpatterns = [
    path("authority.crt", authority.certificate, name="authority"),
    path("settings/", mine.page, name="settings"),
    path("settings/passkey/", mine.add_passkey, name="settings_passkey"),
    path("settings/passkey/<str:key>/revoke/", mine.revoke_passkey, name="settings_passkey_revoke"),
    path("settings/app/", mine.app, name="settings_app"),
    path("settings/password/", mine.password, name="settings_password"),
    path("settings/recovery/", mine.recovery, name="settings_recovery"),
    path("settings/sessions/end/", mine.end_sessions, name="settings_sessions_end"),
    path("settings/phones/", phones.page, name="settings_phones"),
    path("settings/phones/<uuid:key>/revoke/", phones.revoke_one, name="settings_phone_revoke"),
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
    path("settings/ladders/", ladders.page, name="settings_ladders"),
    path("settings/ladders/<slug:key>/", ladders.one, name="settings_ladder"),
    path("settings/sites/", sites.page, name="settings_sites"),
    path("settings/sites/new/", sites.new, name="settings_new_site"),
    path("settings/sites/list/", sites.by_list, name="settings_site_list"),
    path("settings/sites/list/sites.csv", sites.empty_list, name="settings_site_csv"),
    path("settings/sites/<uuid:key>/", sites.one, name="settings_site"),
    path("settings/sites/<uuid:key>/end/", sites.end, name="settings_site_end"),
    path("settings/house/", house.page, name="settings_house"),
    path("settings/house/keys/<slug:purpose>/", house.replace_key, name="settings_key"),
    path("settings/house/new-agency/", house.new_agency, name="settings_new_agency"),
    path("settings/house/new-unit/", house.new_unit, name="settings_new_unit"),
    path("settings/house/agencies/<uuid:key>/", house.one_agency, name="settings_agency"),
    path("settings/house/units/<uuid:key>/", house.one_unit, name="settings_unit"),
]
