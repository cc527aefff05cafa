# What must not stand in the project: paths of a machine, hosts of registries, tabs in Markdown tables, trailing blanks.
use strict;
use warnings;
use Test::More;

my @files = grep { -f && !/\.(svg|png|pdf|gz)$/ } split /\0/, `git ls-files -z`;
@files or plan skip_all => 'not a git checkout';
my (@paths, @blanks, @hidden);
for my $path (@files) {
	next if $path =~ m{^tests/lint/text\.t$|^LICENSE$};
	open my $file, '<', $path or next;
	while (<$file>) {
		push @paths, "$path:$.: $_" if m{/(?:home|root|work|tmp/[a-z]+[0-9])/|registry\.npmjs|deb\.debian\.org|pypi\.org};
		push @blanks, "$path:$." if $path =~ /\.(c|h|def|t|sh|bats)$|Makefile$/ && /[ \t]+\r?$/;
	}
}
is(join('', @paths), '', 'no paths of a machine, no registry hosts');
is(join("\n", @blanks), '', 'no blanks at line ends in code');
done_testing;
