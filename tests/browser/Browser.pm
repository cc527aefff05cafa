# A headless Chromium that is spoken to over the DevTools protocol's pipe: JSON messages that end in a NUL.
package Browser;
use strict;
use warnings;
use Fcntl qw(F_DUPFD);
use IO::Select;
use JSON::PP;
use POSIX ();
use Time::HiRes qw(time);

my $json = JSON::PP->new->utf8;

# The program's name in PATH, undef when it is not installed.
sub program {
	for my $name (qw(chromium chromium-browser google-chrome)) {
		return "$_/$name" for grep { -x "$_/$name" } split /:/, $ENV{PATH};
	}
	return undef;
}

# In the child: Chromium reads commands from descriptor 3 and answers on 4.
sub become {
	my ($folder, $input, $output) = @_;
	# first away from 3 and 4, where one of the two may stand
	my ($in, $out) = map { fcntl $_, F_DUPFD, 10 } $input, $output;
	POSIX::setsid();
	POSIX::dup2($in, 3);
	POSIX::dup2($out, 4);
	open STDOUT, '>', '/dev/null';
	open STDERR, '>', "$folder/chromium.log";
	no warnings 'exec';
	exec program(), qw(--headless --disable-gpu --no-first-run --disable-dev-shm-usage --remote-debugging-pipe
		--disable-background-networking --disable-extensions --hide-scrollbars), "--user-data-dir=$folder/profile",
		($> == 0 ? '--no-sandbox' : ()), 'about:blank';
	POSIX::_exit(127);
}

# Starts it with a profile in the folder; undef when it does not answer within the patience of a slow machine.
sub new {
	my ($class, $folder) = @_;
	local $^F = 20;    # the pipes are not closed by exec
	pipe my $their_input, my $to or die "pipe: $!";
	pipe my $from, my $their_output or die "pipe: $!";
	my $process = fork;
	die "fork: $!" unless defined $process;
	become($folder, $their_input, $their_output) unless $process;
	close $their_input;
	close $their_output;
	$to->autoflush(1);
	my $self = bless { process => $process, to => $to, from => $from, read => '', id => 0, events => [] }, $class;
	my $target = eval { $self->ask('Target.createTarget', { url => 'about:blank' }) } or return $self->stop;
	$self->{session} = $self->ask('Target.attachToTarget',
		{ targetId => $target->{targetId}, flatten => JSON::PP::true })->{sessionId};
	$self->ask("$_.enable") for qw(Page Runtime Log);
	return $self;
}

sub stop {
	my ($self) = @_;
	kill 'KILL', -$self->{process};
	waitpid $self->{process}, 0;
	return undef;
}

# The next message; dies when none comes.
sub receive {
	my ($self) = @_;
	my $until = time + 60;
	while ($self->{read} !~ /\0/) {
		die "Chromium does not answer\n" if time > $until || !IO::Select->new($self->{from})->can_read(5) && time > $until;
		next unless IO::Select->new($self->{from})->can_read(0);
		sysread($self->{from}, $self->{read}, 1 << 20, length $self->{read}) or die "Chromium ended\n";
	}
	$self->{read} =~ s/^([^\0]*)\0//;
	return $json->decode($1);
}

# Sends a command and returns its result; events that come meanwhile are kept.
sub ask {
	my ($self, $method, $parameters) = @_;
	my $id = ++$self->{id};
	my $message = { id => $id, method => $method, params => $parameters || {} };
	$message->{sessionId} = $self->{session} if $self->{session};
	print { $self->{to} } $json->encode($message), "\0" or die "Chromium is gone: $!\n";
	while (1) {
		my $answer = $self->receive;
		if (($answer->{id} || 0) != $id) {
			push @{ $self->{events} }, $answer if $answer->{method};
			next;
		}
		die "$method: $answer->{error}{message}\n" if $answer->{error};
		return $answer->{result};
	}
}

# The value of a JavaScript expression in the page.
sub value {
	my ($self, $expression) = @_;
	my $result = $self->ask('Runtime.evaluate',
		{ expression => $expression, returnByValue => JSON::PP::true, awaitPromise => JSON::PP::true });
	die "$result->{exceptionDetails}{exception}{description}\n" if $result->{exceptionDetails};
	return $result->{result}{value};
}

# Opens a page in a window of that width (pixels), in the scheme "light" or "dark", on "screen" or for "print".
sub open_page {
	my ($self, $address, $width, $scheme, $media) = @_;
	$self->ask('Emulation.setDeviceMetricsOverride',
		{ width => $width, height => 900, deviceScaleFactor => 1, mobile => $width < 600 ? JSON::PP::true : JSON::PP::false });
	$self->ask('Emulation.setEmulatedMedia', { media => $media || 'screen', features => [{ name => 'prefers-color-scheme', value => $scheme }] });
	$self->{events} = [];
	$self->ask('Page.navigate', { url => $address });
	until (grep { $_->{method} eq 'Page.loadEventFired' } @{ $self->{events} }) {
		my $event = $self->receive;
		push @{ $self->{events} }, $event if $event->{method};
	}
}

# What went wrong in the page since it was opened: exceptions, and errors of the log and the console.
sub complaints {
	my ($self) = @_;
	my @said;
	for my $event (@{ $self->{events} }) {
		my $told = $event->{params};
		push @said, $told->{exceptionDetails}{exception}{description} // $told->{exceptionDetails}{text}
			if $event->{method} eq 'Runtime.exceptionThrown';
		push @said, $told->{entry}{text} if $event->{method} eq 'Log.entryAdded' && $told->{entry}{level} eq 'error';
		push @said, map { $_->{value} // $_->{description} // '' } @{ $told->{args} }
			if $event->{method} eq 'Runtime.consoleAPICalled' && $told->{type} eq 'error';
	}
	return @said;
}

sub press {
	my ($self, $key, $code) = @_;
	$self->ask('Input.dispatchKeyEvent', { type => $_, key => $key, code => $key, windowsVirtualKeyCode => $code })
		for qw(rawKeyDown keyUp);
}

1;
