# Budgets: files, functions, parameters, nesting. Offenders stand in sizes.offenders, which may only shrink.
use strict;
use warnings;
use Test::More;

my %most = (lines => 400, body => 60, parameters => 6, nesting => 3);
my %allowed;
if (open my $list, '<', 'tests/lint/sizes.offenders') {
	while (<$list>) { chomp; $allowed{$_} = 1 if /\S/ && !/^#/ }
}

my @found;
for my $path (sort(glob('analysis/*.[ch] analysis/*/*.[ch] plots/*.[ch]'))) {
	open my $file, '<', $path or die "$path: $!";
	my @line = <$file>;
	close $file;
	push @found, "$path lines" if @line > $most{lines};
	my ($start, $name, $depth, $head) = (undef, '', 0, '');
	for my $i (0 .. $#line) {
		my $text = $line[$i];
		if (!defined $start) {
			$head = $text =~ /^\s*$|^[#\/]|;\s*$|^\}/ ? '' : $head . $text;
			next unless $text =~ /^\{/ && $head =~ /(\w+)\s*\(/;
			($start, $name, $depth) = ($i, $1, 0);
			my ($inner) = $head =~ /^[^(]*\((.*)\)\s*\{/s;
			$inner //= '';
			$inner =~ s/,\s*\.\.\.\s*$//;
			1 while $inner =~ s/\([^()]*\)//g;
			push @found, "$path $name parameters" if (() = $inner =~ /,/g) + 1 > $most{parameters};
			next;
		}
		if ($text =~ /^\}/) {
			push @found, "$path $name body" if $i - $start - 1 > $most{body};
			($start, $head) = (undef, '');
			next;
		}
		$depth-- if $text =~ /^\s*\}/ && $depth > 0;
		if ($text =~ /^\s*(\}\s*)?(if|for|while|switch|do|else)\b.*\{\s*$/ || $text =~ /^\s*[^=]*\)\s*\{\s*$/) {
			$depth++;
			push @found, "$path $name nesting" if $depth > $most{nesting};
		} elsif ($text =~ /\{\s*$/) {
			$depth++;
		}
	}
}
my %seen;
@found = sort grep { !$seen{$_}++ } @found;
is(join("\n", grep { !$allowed{$_} } @found), '', 'no new offender against the budgets');
is(join("\n", grep { my $a = $_; !grep { $_ eq $a } @found } sort keys %allowed), '', 'no offender listed that is none');
done_testing;
