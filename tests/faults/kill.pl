# kill.pl KENG FOLDER KILLS SEED: runs FOLDER/n.md KILLS times from the state of FOLDER/old, ends each run at a random
# moment, and looks at every file: as in FOLDER/old or as in FOLDER/new, never torn. Prints what was seen, how many of
# the runs left a temporary file beside a target, and how many private folders are in $TMPDIR after a run to the end.
use strict;
use warnings;
use File::Copy qw(copy);
use Time::HiRes qw(sleep time);

my ($keng, $folder, $kills, $seed) = @ARGV;
srand $seed;
chdir $folder or die;
my @files = grep { -f "new/$_" } map { s{^new/}{}r } glob 'new/* new/*/*';

sub content {
	my ($path) = @_;
	open my $file, '<:raw', $path or return undef;
	local $/;
	return <$file>;
}

sub start {
	unlink grep { -f } glob '*.md.* figures/*.* tables/*.*';
	for (@files) { copy "old/$_", $_ or die "$_: $!" if -f "old/$_" }
	my $child = fork;
	return $child if $child;
	open STDOUT, '>', '/dev/null';
	exec $keng, 'notebook', 'run', 'n.md' or die;
}

my (%old, %new);
for (@files) { ($old{$_}, $new{$_}) = (content("old/$_"), content("new/$_")) }

# how long a whole run takes: the median of five
my @seconds = sort { $a <=> $b } map { my $begin = time; waitpid start(), 0; time - $begin } 1 .. 5;

sub count_litter { return scalar grep { /\.[a-z]{6}$/ } glob '*.md.* figures/* tables/*' }

my $litter = 0;
my %seen = (old => 0, between => 0, new => 0);
for my $try (1 .. $kills) {
	my $child = start();
	my $moment = rand(1.15 * $seconds[2]);
	sleep $moment;
	kill 'KILL', $child;
	waitpid $child, 0;
	$litter++ if count_litter();
	my $changed = 0;
	for (@files) {
		my $now = content($_);
		next if !defined $now && !defined $old{$_};
		die "kill $try after $moment s: $_ is gone\n" unless defined $now;
		$changed++ if $now eq $new{$_} && $now ne ($old{$_} // '');
		die "kill $try after $moment s: $_ is torn\n" unless $now eq $new{$_} || $now eq ($old{$_} // '');
	}
	my $all = grep { $new{$_} ne ($old{$_} // '') } @files;
	die "kill $try: the notebook is new before its files\n" if content('n.md') eq $new{'n.md'} && $changed < $all;
	$seen{ $changed == 0 ? 'old' : $changed == $all ? 'new' : 'between' }++;
}
waitpid start(), 0;
for (@files) { die "$_ differs after a run to the end\n" unless content($_) eq $new{$_} }
my $folders = () = glob "$ENV{TMPDIR}/keng-*";
print "old $seen{old}, between $seen{between}, new $seen{new}, litter $litter, folders $folders\n";
