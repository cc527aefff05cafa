# --lang vi leaves no English word: tables, sentences, figures and pages of every program and method are searched for
# words of the English texts, of ids and of column names. untranslated.commands: one command a line.
use strict;
use warnings;
use utf8;
use open ':std', ':encoding(UTF-8)';
use Cwd 'abs_path';
use File::Basename;
use File::Temp 'tempdir';
use Test::More;

my $here = dirname(abs_path(__FILE__));
my $keng = abs_path($ENV{KENG} || 'build/keng');
my $folder = tempdir(CLEANUP => 1);
system('cp', '-r', "$here/examples/package", glob("$here/examples/*.csv"), glob("$here/examples/*.geojson"), $folder) == 0 or die;

# Names of persons and symbols, and words that Vietnamese statisticians use as they are.
my %name = map { $_ => 1 } qw(agresti aic armitage atkinson bass bayes bb bic bw biserial bootstrap breslow brier buishand byar cagr
	clopper cochran coull cox csv day deviance dobson eb epitools estrella fay feuer firth fisher flac flic gamma geary
	getis gini gompertz haenszel hamed hh hl itools jeffreys keng kendall koopman lanzante lee lh ll log logistic lorenz
	mann mantel mcfadden mid miettinen moran nagelkerke newcombe null nurminen odds ols ord pearson pettitt point poisson rao
	roc score sen snell snht spearman svg tarone tau theil theta tiwari tjur wald wang wilson wls ww xy yates yue phi);

sub words { return map { lc } $_[0] =~ /[A-Za-z]{2,}/g }

# English words: of the texts in the source; those that Vietnamese texts use too do not tell.
sub catalogue {
	my (%english, %vietnamese);
	my $into;
	open my $file, '<', "$here/../../po/vi.po" or die;
	while (<$file>) {
		$into = \%english if /^msgid/;
		$into = \%vietnamese if /^msgstr/;
		next unless /"(.*)"/;
		my $text = $1;
		$text =~ s/%[-+0-9.\$*]*[lz]*[a-z]//g;
		$into->{lc $_} = 1 for $text =~ /(?<!\p{L})[A-Za-z]{2,}(?!\p{L})/g;
	}
	delete @english{ keys %vietnamese };
	return \%english;
}
my $english = catalogue();

sub run_keng {
	my ($command) = @_;
	open my $pipe, '-|', "cd $folder && '$keng' $command 2>$folder/err" or die;
	local $/;
	my $out = <$pipe>;
	close $pipe;
	if ($? >> 8 && $command !~ /^(validate|reconcile)/) { open my $err, '<', "$folder/err"; diag("$command: ", <$err>) }
	return defined $out ? $out : '';
}

# Words of the input: its columns, places and the like are shown as they are.
sub data_words {
	my %data = map { $_ => 1 } qw(log factor); # of formulas
	for my $name (map { m{([\w/-]+\.(?:csv|geojson))}g } @_) {
		$data{$_} = 1 for words($name);
		open my $file, '<', "$folder/$name" or next;
		$data{$_} = 1 for map { words($_) } <$file>;
		next if $name !~ m{(.*/)} or !open $file, '<', "$folder/$1datapackage.json";
		$data{$_} = 1 for map { words($_) } <$file>;
	}
	return \%data;
}

sub left_over {
	my ($text, $ids, $data) = @_;
	my %left;
	$text =~ s/--[a-z-]+(?: [a-z]+)?//g;
	for my $word ($text =~ /(?<!\p{L})[A-Za-z]{2,}(?!\p{L})/g) {
		my $low = lc $word;
		$left{$low} = 1 if ($english->{$low} || $ids->{$low}) && !$data->{$low} && !$name{$low};
	}
	return join ' ', sort keys %left;
}

sub text_of { # a figure's or a page's words
	my ($path) = @_;
	open my $file, '<', $path or return '';
	local $/;
	my $text = <$file>;
	my $said = join ' ', $text =~ /(?:alt|aria-label|title)="([^"]*)"/g;
	$text =~ s/<(style|script|metadata)\b.*?<\/\1>//gs;
	$text =~ s/<(?:code|pre)\b.*?<\/(?:code|pre)>//gs;
	$text =~ s/<[^>]*>/ /g;
	return "$said $text";
}

open my $commands, '<', "$here/untranslated.commands" or die;
for my $command (grep { !/^#/ } <$commands>) {
	chomp $command;
	my ($made) = $command =~ /--output (\S+\.svg)/;
	my %ids;
	unless ($command =~ /^plot/) {
		for my $line (split /\n/, run_keng("$command --format csv --quiet")) { $ids{$_} = 1 for words($line) }
	}
	my $data = data_words($command);
	unlink "$folder/drawn.svg";
	my $shown = run_keng("$command --lang vi" . ($command =~ /^plot/ ? '' : ' --format markdown --plot drawn.svg'));
	$shown .= text_of("$folder/" . ($made || 'drawn.svg'));
	ok(length $shown, "shown: $command");
	is(left_over($shown, \%ids, $data), '', $command);
}

# A page: contents, buttons, captions, claims, footer, and the index over several.
my @book = ('---', 'title: A', 'keng: 1', 'params: {level: commune}', 'data: {festivals: festivals.csv}', 'lang: vi', '---', '# Một', '```keng #b',
	'participation festivals --count attendances --population population --by level', 'plot bar --x level --y estimate', '```',
	'[](#b) [](#b.table)', '```keng-claim #c', 'Ít.', 'b[level=commune].estimate < 1', '```', '## Hai', '## Ba', '');
open my $page, '>', "$folder/trang.md" or die;
print $page join "\n", @book;
close $page;
run_keng('notebook run trang.md');
run_keng('notebook render trang.md');
open my $over, '>', "$folder/over.csv" or die;
print $over "slug,level\nmot,commune\nhai,district\n";
close $over;
run_keng('notebook batch trang.md --over over.csv --to html');
for my $made ('trang.html', 'out/mot/trang.html', 'out/index.html') {
	my $shown = text_of("$folder/$made");
	$shown =~ s/\w+\[[^\]]*\]\.\w+//g; # addresses of values
	ok(length $shown, "shown: $made");
	is(left_over($shown, {}, data_words('festivals.csv')), '', $made);
}
done_testing;
