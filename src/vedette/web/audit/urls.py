"""Routes of the audit screens."""

from django.urls import path

from vedette.web.audit import proofs, views

urlpatterns = [
    path("audit/", views.question, name="audit"),
    path("audit/answer.csv", views.answer_table, name="audit_answer_table"),
    path("audit/trail/", views.find_trail, name="audit_find_trail"),
    path("audit/trail/<str:reference>/", views.trail_page, name="audit_trail"),
    path("audit/trail/<str:reference>/trail.csv", views.trail_table, name="audit_trail_table"),
    path("audit/trail/<str:reference>/open/", views.open_record, name="audit_open"),
    path("audit/week/", views.week_page, name="audit_week"),
    path("audit/due/", views.due_page, name="audit_due"),
    path("audit/glass/", views.glass_page, name="audit_glass"),
    path("audit/proofs/", proofs.page, name="audit_proofs"),
    path("audit/proofs/verify/", proofs.verify, name="audit_verify"),
    path("audit/proofs/checkpoints/<int:size>/", proofs.checkpoint, name="audit_checkpoint"),
    path("audit/proofs/entries/<str:entry>/", proofs.bundle, name="audit_bundle"),
]
