"""Routes of the inbox."""

from django.urls import path

from vedette.web.inbox import questions, views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/questions/", questions.questions, name="inbox_questions"),
    path("inbox/questions/lodge/", questions.lodge, name="inbox_lodge"),
    path("inbox/questions/<str:key>/", questions.question, name="inbox_question"),
    path("inbox/<str:key>/", views.read, name="inbox_release"),
    path("inbox/<str:key>/release.pdf", views.pdf, name="inbox_pdf"),
    path("inbox/<str:key>/acknowledge/", views.acknowledge, name="inbox_acknowledge"),
    path("inbox/<str:key>/note/", views.note, name="inbox_note"),
    path("inbox/<str:key>/say/", views.say, name="inbox_say"),
]
