# What must not stand in the project: paths of a machine, hosts of registries, trailing blanks, tests that cannot fail.
use strict;
use warnings;
use Test::More;

my @files = grep { -f && !/\.(svg|png|pdf|gz)$/ } split /\0/, `git ls-files -z`;
@files or plan skip_all => 'not a git checkout';
my (@paths, @blanks, @deaf);
for my $path (@files) {
	next if $path =~ m{^tests/lint/text\.t$|^LICENSE$};
	open my $file, '<', $path or next;
	while (<$file>) {
		push @paths, "$path:$.: $_" if m{/(?:home|root|work|tmp/[a-z]+[0-9])/|registry\.npmjs|deb\.debian\.org|pypi\.org};
		# bats goes on after these, whatever they find: a line that begins with !, the first parts of a line with &&
		push @deaf, "$path:$.: $_" if $path =~ /\.bats$/ && (/^\s*! / && !/\|\| false$/ || /^\s*(?:grep|\[).* && (?:grep|\[|!) /);
		push @blanks, "$path:$." if $path =~ /\.(c|h|def|t|sh|bats)$|Makefile$/ && /[ \t]+\r?$/;
	}
}
is(join('', @paths), '', 'no paths of a machine, no registry hosts');
is(join("\n", @blanks), '', 'no blanks at line ends in code');
is(join('', @deaf), '', 'no assertion that cannot fail');
done_testing;
