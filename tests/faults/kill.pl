# kill.pl KENG FOLDER KILLS SEED WORD ...: runs `KENG notebook WORD ...` KILLS times from the state of FOLDER/old, ends each
# run at a random moment, and looks at every file: as in FOLDER/old or as in FOLDER/new, never torn, and a notebook new only
# when its figures and tables are. Prints what was seen, how many of the runs left a temporary file beside a target, and
# how many private folders are in $TMPDIR after a run to the end.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Copy qw(copy);
use File::Find qw(find);
use File::Path qw(make_path);
use Time::HiRes qw(sleep time);

my ($keng, $folder, $kills, $seed, @words) = @ARGV;
srand $seed;
chdir $folder or die;
my @files;
find({ no_chdir => 1, wanted => sub { push @files, s{^new/}{}r if -f } }, 'new');
my @folders = do { my %seen; sort grep { !$seen{$_}++ } map { dirname($_) } @files };

sub content {
	my ($path) = @_;
	open my $file, '<:raw', $path or return undef;
	local $/;
	return <$file>;
}

# Files of a folder that a run has not named yet.
sub litter {
	my ($in) = @_;
	return grep { /\.(?:md|svg|csv|html)\.[a-z]{6}$/ } glob "$in/*";
}

sub start {
	make_path(@folders);
	unlink map { litter($_) } @folders;
	for (@files) { unlink $_ unless -f "old/$_" }
	for (@files) { copy "old/$_", $_ or die "$_: $!" if -f "old/$_" }
	my $child = fork;
	return $child if $child;
	open STDOUT, '>', '/dev/null';
	exec $keng, 'notebook', @words or die;
}

my (%old, %new);
for (@files) { ($old{$_}, $new{$_}) = (content("old/$_"), content("new/$_")) }

# how long a whole run takes: the median of five
my @seconds = sort { $a <=> $b } map { my $begin = time; waitpid start(), 0; time - $begin } 1 .. 5;


my $litter = 0;
my %seen = (old => 0, between => 0, new => 0);
for my $try (1 .. $kills) {
	my $child = start();
	my $moment = rand(1.15 * $seconds[2]);
	sleep $moment;
	kill 'KILL', $child;
	waitpid $child, 0;
	$litter++ if grep { litter($_) } @folders;
	my $changed = 0;
	for (@files) {
		my $now = content($_);
		next if !defined $now && !defined $old{$_};
		die "kill $try after $moment s: $_ is gone\n" unless defined $now;
		$changed++ if $now eq $new{$_} && $now ne ($old{$_} // '');
		die "kill $try after $moment s: $_ is torn\n" unless $now eq $new{$_} || $now eq ($old{$_} // '\0');
	}
	# a page, a table of results and a notebook come after what they show
	for my $book (grep { /\.md$/ && content($_) && content($_) eq $new{$_} && $new{$_} ne ($old{$_} // '') } @files) {
		my $shown = dirname($book) eq '.' ? qr{^(?:figures|tables)/} : do { my $in = dirname($book); qr{^\Q$in\E/(?:figures|tables)/} };
		for (grep { $_ =~ $shown } @files) {
			die "kill $try: $book is new before $_\n" unless (content($_) // '') eq $new{$_};
		}
	}
	my $all = grep { $new{$_} ne ($old{$_} // '') } @files;
	$seen{ $changed == 0 ? 'old' : $changed == $all ? 'new' : 'between' }++;
}
waitpid start(), 0;
for (@files) { die "$_ differs after a run to the end\n" unless content($_) eq $new{$_} }
my $folders = () = glob "$ENV{TMPDIR}/keng-*";
print "old $seen{old}, between $seen{between}, new $seen{new}, litter $litter, folders $folders\n";
