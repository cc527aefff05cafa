# Who may include whom. The table is the design: an edge that is not in it is an error, and so is a circle.
use strict;
use warnings;
use Test::More;

my %may = (
	base     => [qw(base)],
	table    => [qw(base table)],
	stats    => [qw(base stats)],
	report   => [qw(base table report)],
	plots    => [qw(base table report plots)],
	analysis => [qw(base table stats report analysis)],
	command  => [qw(base table stats report plots analysis command)],
	notebook => [qw(base table stats report plots analysis command notebook)],
	cli      => [qw(base table stats report plots analysis command notebook cli)],
);

# A library that only one file may name, so that it can be replaced there.
my %only_in = (
	'csv.h'             => qr{^analysis/table/csv\w*\.c$},
	'sqlite3.h'         => qr{^analysis/table/query\w*\.[ch]$},
	'zlib.h'            => qr{^analysis/table/\w+\.c$},
	'cmark.h'           => qr{^analysis/notebook/\w+\.c$},
	'unicode/ucol.h'    => qr{^analysis/base/collate\.c$},
	'linux/landlock.h'  => qr{^plots/\w+\.c$},
	'Random123/philox.h' => qr{^analysis/base/random\.c$},
	'geos_c.h'          => qr{^analysis/table/neighbours_shapes\.c$},
	'Rmath.h'           => qr{^analysis/stats/\w+\.[ch]$},
);

sub layer_of {
	my ($path) = @_;
	return $1         if $path =~ m{^analysis/(\w+)/};
	return 'analysis' if $path =~ m{^analysis/[^/]+$};
	return 'plots'    if $path =~ m{^plots/};
	return undef;
}

my (@wrong, %named_in);
for my $path (sort(glob('analysis/*.[ch] analysis/*/*.[ch] plots/*.[ch]'))) {
	my $layer = layer_of($path);
	open my $file, '<', $path or die "$path: $!";
	while (<$file>) {
		if (/^\s*#\s*include\s+"([^"]+)"/) {
			my $named = $1;
			next if $named =~ /\.def$/;
			my $to = $named =~ m{^plots/} ? 'plots' : $named =~ m{^(\w+)/} ? $1 : 'analysis';
			push @wrong, "$path:$.: $layer may not include $to" unless grep { $_ eq $to } @{ $may{$layer} };
		} elsif (/^\s*#\s*include\s+<([^>]+)>/) {
			my $named = $1;
			push @wrong, "$path:$.: <$named> does not belong here" if $only_in{$named} && $path !~ $only_in{$named};
			$named_in{$named}{$path} = 1;
			push @wrong, "$path:$.: stats may not include <$named>"
				if $layer eq 'stats' && $named =~ m{^(stdio|unistd|fcntl|sys/.*|pthread|locale|time)\.h$};
		}
		push @wrong, "$path:$.: only cli/main.c may end the process"
			if /\b(exit|_exit|abort|quick_exit)\s*\(/ && $path !~ m{^analysis/cli/main\.c$|^plots/\w*(gnuplot|process|sandbox|landlock)\w*\.c$};
	}
	close $file;
}
is(join("\n", @wrong), '', 'every include goes down');

for my $library (qw(csv.h sqlite3.h cmark.h)) {
	my @files = sort keys %{ $named_in{$library} || {} };
	cmp_ok(scalar(@files), '<=', 1, "<$library> is named in one file (@files)");
}
done_testing;
