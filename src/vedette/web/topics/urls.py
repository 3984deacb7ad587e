"""Routes of standing questions."""

from django.urls import path

from vedette.web.topics import views

urlpatterns = [
    path("topics/", views.page, name="topics"),
    path("topics/<str:key>/", views.one, name="topic"),
    path("topics/<str:key>/link/", views.link, name="topic_link"),
    path("topics/<str:key>/unlink/", views.unlink, name="topic_unlink"),
    path("topics/<str:key>/review/", views.review, name="topic_review"),
    path("topics/<str:key>/close/", views.close, name="topic_close"),
]
