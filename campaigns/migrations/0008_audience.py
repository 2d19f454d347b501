

import django.db.models.deletion
import django.db.models.functions.text
import secrets
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', "0007_sign_ups_and_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AudienceLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(max_length=50, unique=True)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('account', models.CharField(blank=True, max_length=200)),
                ('plan', models.CharField(blank=True, max_length=50)),
                ('account_total', models.PositiveIntegerField(default=0)),
                ('subscribed', models.PositiveIntegerField(default=0)),
                ('unsubscribed', models.PositiveIntegerField(default=0)),
                ('cleaned', models.PositiveIntegerField(default=0)),
                ('marker_id', models.CharField(blank=True, max_length=50)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('problem', models.CharField(blank=True, choices=[('no_key', 'There is no key. Make one in Mailchimp, and set it as MAILCHIMP_API_KEY.'), ('bad_key', 'Mailchimp does not know the key. Make a new one, and set it as MAILCHIMP_API_KEY.'), ('forbidden', 'The account may not do this. Look in Mailchimp whether it is blocked or lacks a right.'), ('no_audience', 'Mailchimp does not have the audience. Look up its id there, and set it as MAILCHIMP_AUDIENCE.'), ('no_field', 'The audience has no field FNAME for the first name. Add it in Mailchimp, then try again.'), ('busy', 'Mailchimp had no time. We try again by ourselves.'), ('unreachable', 'Mailchimp could not be reached. We try again by ourselves.'), ('refused', 'Mailchimp did not accept what we asked. What it said stands under “Technical”.'), ('not_safe', 'Mailchimp can only tell us something at an address that begins with https.'), ('error', 'Something went wrong here. Nothing got lost: the next time goes on with it.')], max_length=12)),
                ('problem_words', models.TextField(blank=True, help_text='What Mailchimp or the network said.')),
                ('is_automatic', models.BooleanField(default=False)),
                ('pulled_at', models.DateTimeField(blank=True, null=True)),
                ('full_at', models.DateTimeField(blank=True, null=True)),
                ('path_secret', models.CharField(default=secrets.token_urlsafe, editable=False, max_length=64)),
                ('webhook_id', models.CharField(blank=True, max_length=50)),
                ('webhook_secret', models.CharField(blank=True, editable=False, max_length=200)),
                ('heard_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'connection with Mailchimp',
                'permissions': [('sync_audience', 'Can keep the audience at Mailchimp')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='HeardEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('heard_at', models.DateTimeField(auto_now_add=True)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.audiencelink')),
            ],
            options={
                'verbose_name': 'message from Mailchimp',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='AudienceMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('status', models.CharField(blank=True, choices=[('subscribed', 'gets it'), ('pending', 'was asked to confirm'), ('unsubscribed', 'left'), ('cleaned', 'does not arrive'), ('archived', 'taken off the list'), ('transactional', 'never signed up there')], max_length=14)),
                ('first_name', models.CharField(blank=True, max_length=255)),
                ('interests', models.JSONField(default=list)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(blank=True, max_length=16)),
                ('refusal', models.CharField(blank=True, choices=[('invalid', 'Mailchimp does not believe that this address exists. Look whether it is spelled right.'), ('left', 'This reader left by themselves, and only they can come back.'), ('erased', 'Mailchimp erased this address for good. Only the reader can sign up again there.'), ('exists', 'Mailchimp has this address already, and does not show it: it may have been archived.'), ('too_long', 'The first name is too long for Mailchimp. Shorten it.'), ('other', 'Mailchimp did not take this address.')], max_length=8)),
                ('refused_digest', models.CharField(blank=True, max_length=16)),
                ('refused_words', models.CharField(blank=True, max_length=300)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='campaigns.audiencelink')),
                ('subscriber', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='members', to='campaigns.subscriber')),
            ],
            options={
                'verbose_name': 'address in the audience',
                'default_permissions': (),
                'indexes': [models.Index(fields=['link', 'status'], name='members_by_status')],
                'constraints': [models.UniqueConstraint(fields=('link', 'address'), name='one_member_of_an_address'), models.CheckConstraint(condition=models.Q(('address', django.db.models.functions.text.Lower('address'))), name='member_address_is_lower')],
            },
        ),
        migrations.CreateModel(
            name='SyncRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('changes', 'what changed'), ('full', 'everything')], default='changes', max_length=7)),
                ('is_look', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('running', 'busy'), ('waiting', 'waits for you'), ('done', 'done'), ('stopped', 'stopped'), ('failed', 'broke off')], default='running', max_length=7)),
                ('reason', models.CharField(blank=True, choices=[('no_key', 'There is no key. Make one in Mailchimp, and set it as MAILCHIMP_API_KEY.'), ('bad_key', 'Mailchimp does not know the key. Make a new one, and set it as MAILCHIMP_API_KEY.'), ('forbidden', 'The account may not do this. Look in Mailchimp whether it is blocked or lacks a right.'), ('no_audience', 'Mailchimp does not have the audience. Look up its id there, and set it as MAILCHIMP_AUDIENCE.'), ('no_field', 'The audience has no field FNAME for the first name. Add it in Mailchimp, then try again.'), ('busy', 'Mailchimp had no time. We try again by ourselves.'), ('unreachable', 'Mailchimp could not be reached. We try again by ourselves.'), ('refused', 'Mailchimp did not accept what we asked. What it said stands under “Technical”.'), ('not_safe', 'Mailchimp can only tell us something at an address that begins with https.'), ('error', 'Something went wrong here. Nothing got lost: the next time goes on with it.')], max_length=12)),
                ('reason_words', models.TextField(blank=True)),
                ('plan', models.JSONField(default=dict)),
                ('done', models.JSONField(default=dict)),
                ('landed', models.JSONField(default=dict)),
                ('agreed', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('watermark', models.DateTimeField(blank=True, null=True)),
                ('held_by', models.CharField(blank=True, max_length=40)),
                ('seen_at', models.DateTimeField(auto_now_add=True)),
                ('times', models.PositiveIntegerField(default=1)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='campaigns.audiencelink')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'comparison with Mailchimp',
                'ordering': ['-started_at', '-pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['running', 'waiting'])), fields=('link',), name='one_open_sync_run')],
            },
        ),
    ]
