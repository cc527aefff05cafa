# Every kind of chart with hostile texts in every place where a user's text can stand: title, subtitle, source, note,
# names of columns, their titles and units, groups, categories, labels of points, words of series breaks, codes and names
# of shapes. The figure is drawn, it is whole, it shows the texts literally, and nothing else happens.
use strict;
use warnings;
use utf8;
use Cwd qw(abs_path);
use Encode qw(encode decode);
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $keng = abs_path($ENV{KENG} || 'build/keng');
plan skip_all => 'gnuplot is not installed' unless grep { -x "$_/gnuplot" } split /:/, $ENV{PATH};
chdir tempdir(CLEANUP => 1) or die;
my $xmllint = grep { -x "$_/xmllint" } split /:/, $ENV{PATH};

# All would make a file "touched", or spoil the script, the picture or its XML, if they were more than text.
my @text = (
	'`touch touched`', q('; system("touch touched") #), q("; system('touch touched') #), 'EOD', 'e', '@x$x${x}',
	'<touch touched', '|touch touched', '%s %d%n', '{/Bold x}_2^3', q(a''b\\'c"d""), 'set output "touched"', '\\',
	"q' . system('touch touched') . '", ']]></desc><b>&amp;', "x\nset output 'touched'\n!touch touched",
	'\\input{/etc/passwd} ~', '$(touch touched)', '😀 Đà Bắc “ngoặc”', "\x{202e}ngược\x{2066} שלום",
);

my %kind = (    # its options, and the positions whose texts it shows whole
	line => ['--x=year --y=value --group=place --low=low --high=high', qw(place y unit break)],
	trend => ['--x=year --y=value --group=place', qw(place y unit break)],
	bar => ['--x=place --y=value --low=low --high=high --where=period=2001', qw(place y unit)],
	slope => ['--x=year --y=value --group=place', qw(place y unit)],
	scatter => ['--x=size --y=value --label=place --where=period=2001', qw(place x y unit)],
	fit => ['--x=size --y=outcome', qw(x)],
	forest => ['--x=place --y=value --low=low --high=high --where=period=2001', qw(place y unit)],
	funnel => ['--x=size --y=value --where=period=2001', qw(place x y unit)],
	heatmap => ['--x=year --y=place --label=value', qw(place y unit)],
	map => ['--x=place --y=value --label=place --shapes=shapes.geojson --where=period=2001', qw(y unit)],
	tile => ['--x=place --y=value --label=place --where=period=2001', qw(y unit)],
	lorenz => ['--y=value --group=place', qw(place)],
	diffusion => ['--x=year --y=value --group=place', qw(place y unit)],
	histogram => ['--x=value', qw(y unit)],
	box => ['--x=place --y=value', qw(place y unit)],
	'small-multiples' => ['--x=year --y=value --group=place', qw(place y unit)],
	pyramid => ['--x=place --y=value --group=side --where=period<2003', qw(place side unit)],
	moran => ['--x=value --y=low --label=place --where=period=2001', qw(y)],
);

sub quote { my $text = shift; $text =~ s/"/""/g; return "\"$text\"" }

sub save {
	my ($name, $text) = @_;
	open my $file, '>:raw', $name or die;
	print $file encode('UTF-8', $text);
	close $file or die;
}

# The texts of one round: position => text. Line ends are no part of a name of a column, nor blanks at its ends.
sub choose {
	my ($round) = @_;
	my %at = map { $_->[0] => $text[($round * 3 + $_->[1] * 7) % @text] }
		(map { [(qw(title subtitle source note unit break x y group sideA sideB))[$_], $_] } 0 .. 10);
	$at{$_} .= " $_" for qw(x y group);
	$at{sideB} .= ' too';
	$at{$_} =~ s/\n/ /g for qw(x y group);
	delete @at{qw(title subtitle)} if $round % 2;    # the chart's own name columns and units
	$at{place} = [map { $text[($round * 3 + $_) % @text] } 0 .. 2];
	return \%at;
}

# Where the tables name columns, what stands in the header. Only the columns that charts know by name keep theirs.
sub write_inputs {
	my ($at) = @_;
	my @limit = qw(limit_95_low limit_95_high limit_998_low limit_998_high);
	my %name = (place => $at->{group}, value => $at->{y}, size => "n $at->{x}");
	my @column = (qw(place year period value low high size outcome side lon lat), @limit);
	my $rows = join(',', map { quote($name{$_} // $_) } @column) . "\n";
	my @shape;

	for my $p (0 .. 2) {
		for my $i (0 .. 9) {
			my $value = 3 + 4 * $p + $i / 2 + ($i % 3) / 4;
			$rows .= join(',', quote($at->{place}[$p]), 2001 + $i, 2001 + $i, $value, $value - 1, $value + 1,
				100 + 90 * $p + 5 * $i, ($i + $p) % 2, quote($i % 2 ? $at->{sideA} : $at->{sideB}),
				$p, 10, 6, 8, 5, 9) . "\n";
		}
		push @shape, { type => 'Feature', id => $at->{place}[$p], properties => { $at->{x} => $at->{y} },
			geometry => { type => 'Polygon', coordinates =>
				[[[$p, 0], [$p + 1, 0], [$p + 1, 1], [$p, 1], [$p, 0]]] } };
	}
	save('t.csv', $rows);
	save('shapes.geojson', decode('UTF-8', encode_json({ type => 'FeatureCollection', features => \@shape })));
	save('datapackage.json', decode('UTF-8', encode_json({ name => 'hostile', resources => [{
		name => 't', path => 't.csv', sources => [{ title => $at->{source} }],
		breaks => [{ period => '2006', label => $at->{break} }],
		schema => { fields => [map { {
			name => $name{$_} // $_, type => /place|side/ ? 'string' : 'number',
			$_ eq 'year' ? (type => 'integer') : (), /value|low|high/ ? (unit => $at->{unit}) : (),
			$_ eq 'size' ? (title => $at->{x}) : (),
		} } @column] } }] })));
	return \%name;
}

sub draw {
	my ($kind, $at, $name, $out) = @_;
	my @option = split ' ', $kind{$kind}[0];
	my @own = grep { defined $at->{$_} } qw(title subtitle note);

	s/^(--\w+)=(\w+)$/"$1=" . ($name->{$2} \/\/ $2)/e for @option;
	my @command = ($keng, 'plot', $kind, '.#t', @option, (map { "--$_=$at->{$_}" } @own),
		'--height=190', "--output=$out", '--quiet');
	my $pid = fork // die;
	if (!$pid) {
		open STDERR, '>', 'said';
		exec map { encode('UTF-8', $_) } @command;
		exit 127;
	}
	waitpid $pid, 0;
	return $? >> 8;
}

# What a reader sees, compared without blanks, line ends, capitals and the marks that steer lines and direction.
sub plain {
	my ($text) = @_;
	$text =~ s/[\s_\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2066}-\x{2069}]//g;
	return lc $text;
}

sub read_figure {
	open my $file, '<:encoding(UTF-8)', shift or return '';
	local $/;
	my $svg = <$file>;
	my $shown = join '', $svg =~ m{<text>(.*?)</text>}gs;
	my %entity = (lt => '<', gt => '>', amp => '&', quot => '"');

	$shown =~ s/<[^>]*>//g;
	$shown =~ s/&(\w+);/$entity{$1}/ge;
	return plain($shown);
}

sub find_hidden {
	my ($kind, $at) = @_;
	my (undef, @position) = @{$kind{$kind}};
	my $shown = read_figure('x.svg');
	my @expected = map { [$_, $at->{$_}] } grep { defined $at->{$_} } qw(title subtitle source note);

	@position = grep { !/^(y|unit)$/ } @position if defined $at->{subtitle} && $kind !~ /scatter|funnel|moran/;
	for my $position (@position) {
		my @texts = $position eq 'place' ? @{$at->{place}} : $position eq 'side' ? @$at{qw(sideA sideB)} : $at->{$position};
		push @expected, map { [$position, $_] } @texts;
	}
	return map { "$_->[0]: $_->[1]" } grep { index($shown, plain($_->[1])) < 0 } @expected;
}

# Files beside the figure would be an injected command's.
sub find_strangers {
	my %own = map { $_ => 1 } qw(t.csv shapes.geojson datapackage.json said), @_;
	return grep { !$own{$_} } glob '*';
}

sub complain { open my $file, '<', 'said'; local $/; return <$file> }

my $round = 0;
for my $kind (sort keys %kind) {
	my (@fault, $status);
	for (1 .. 4) {
		my $at = choose($round++);
		my $name = write_inputs($at);

		unlink glob q(x*);
		$status = draw($kind, $at, $name, 'x.svg');
		push @fault, "status $status: " . complain() if $status;
		push @fault, 'no XML' if $xmllint && !$status && system('xmllint --noout x.svg 2> said');
		push @fault, map { "not shown whole: $_" } find_hidden($kind, $at) if !$status;
		push @fault, map { "stranger: $_" } find_strangers('x.svg');
	}
	is(encode(q(UTF-8), join("\n", @fault)), "", encode('UTF-8', "$kind shows texts as they are"));
}

for my $ending (qw(pdf png eps tex txt)) {
	my @fault;
	for my $kind (sort keys %kind) {
		unlink glob q(x*);
		my $at = choose($round++);
		my $status = draw($kind, $at, write_inputs($at), "x.$ending");

		push @fault, "$kind: status $status: " . complain() if $status;
		push @fault, map { "$kind: stranger $_" } find_strangers("x.$ending", 'x-lines.pdf');
		if ($ending eq 'tex') {
			open my $file, '<', 'x.tex';
			push @fault, "$kind: a command of TeX" if grep { m{\\input\{/etc|(?<!\\)\$\(touch} } <$file>;
		}
	}
	is(encode(q(UTF-8), join("\n", @fault)), "", "every kind as .$ending");
}
my ($listed) = qx($keng plot --help) =~ /^Kinds:\n(.*?)\n\n/ms;
is_deeply([sort keys %kind], [sort $listed =~ /^  ([a-z-]+)/mg], 'no kind is left out');
done_testing();
