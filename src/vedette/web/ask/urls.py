"""Routes of the ask screen."""

from django.urls import path

from vedette.web.ask import board, views

urlpatterns = [
    path("ask/", views.page, name="ask"),
    path("ask/board/", board.board, name="questions_board"),
    path("ask/similar/", views.like, name="ask_similar"),
    path("ask/posts/", views.posts, name="ask_posts"),
    path("ask/<str:key>/", views.one, name="request"),
    path("ask/<str:key>/answer/", views.answer, name="answer_request"),
    path("ask/<str:key>/refuse/", views.refuse, name="refuse_request"),
    path("ask/<str:key>/route/", views.route, name="route_request"),
    path("ask/<str:key>/take/", views.take, name="take_request"),
    path("ask/<str:key>/reply/", views.reply, name="reply_request"),
    path("ask/<str:key>/thank/", views.thank, name="thank_request"),
]
