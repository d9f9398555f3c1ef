from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LogRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=100)),
                ("partition", models.PositiveSmallIntegerField()),
                ("key", models.CharField(max_length=100)),
                ("value", models.BinaryField()),
                ("headers", models.JSONField(default=list)),
                ("appended_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GroupPosition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=100)),
                ("topic", models.CharField(max_length=100)),
                ("partition", models.PositiveSmallIntegerField()),
                ("position", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("group", "topic", "partition"), name="log_group_position")
                ],
            },
        ),
    ]
