# Registries name each thing once, are sorted where order means nothing, and leave nothing out.
use strict;
use warnings;
use Test::More;

# Names that a pattern captures at line starts of files.
sub defined_in {
	my ($pattern, @paths) = @_;
	my @names;
	for my $path (@paths) {
		open my $file, '<', $path or die "$path: $!";
		while (<$file>) { push @names, $1 if /$pattern/ }
	}
	return sort @names;
}

sub entries {
	my ($path) = @_;
	open my $file, '<', $path or die "$path: $!";
	return map { /^KG_\w+\((\w+)[,)]/ ? $1 : () } <$file>;
}

my @programs = entries('analysis/programs.def');
is("@programs", join(' ', sort @programs), 'programs.def is sorted');
my @files = defined_in(qr/^const struct kg_program kg_program_(\w+)/, glob('analysis/*.c'));
is(join(' ', sort @files), "@programs", 'every program file is registered');

my @stats = entries('analysis/stats/stats.def');
my %twice;
is(join(' ', grep { $twice{$_}++ } @stats), '', 'no statistic is registered twice');
my @defined = defined_in(qr/^const struct kg_stat kg_stat_(\w+)/, glob('analysis/stats/*.c'));
is(join(' ', sort @stats), join(' ', sort @defined), 'every statistic is registered');

my @charts = -f 'plots/charts.def' ? entries('plots/charts.def') : ();
my @drawn = defined_in(qr/^const struct kg_chart kg_chart_(\w+)/, glob('plots/*.c'));
is(join(' ', sort @charts), join(' ', sort @drawn), 'every chart is registered');

my @why = do { open my $file, '<', 'analysis/base/why.def' or die; map { /^KG_WHY\(\w+, "([^"]*)"/ ? $1 : () } <$file> };
is("@why", join(' ', sort @why), 'why.def is sorted by id');
done_testing;
