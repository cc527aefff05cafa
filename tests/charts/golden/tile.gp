set encoding utf8
set print '-'
$data << END_OF_DATA
-1 -1 -1.5 -0.5 -1.5 -0.5


-1 1 -1.5 -0.5 0.5 1.5


2 -1 1.5 2.5 -1.5 -0.5
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 317,272 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Value' at screen 0.0252366,0.94424 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Source: squares.csv. Not on the map (1): nowhere.' at screen 0.0252366,0.112132 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set label 3 'n = 4.' at screen 0.0252366,0.0569853 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0252366
set rmargin at screen 0.721514
set bmargin at screen 0.250466
set tmargin at screen 0.859069
set border 0 back lc rgb '#888888' lw 1
set xrange [-1.5:2.5]
unset xtics
set yrange [-1.5:1.5]
unset ytics
set label 4 '' at screen 0.781451,0.827359 point pt 5 ps 1 lc rgb '#004a78' front
set label 5 '31–40 (1)' at screen 0.816151,0.827359 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '' at screen 0.781451,0.76394 point pt 5 ps 1 lc rgb '#2479b3' front
set label 7 '22–31 (1)' at screen 0.816151,0.76394 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '' at screen 0.781451,0.700521 point pt 5 ps 1 lc rgb '#66a5cf' front
set label 9 '13–22 (0)' at screen 0.816151,0.700521 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '' at screen 0.781451,0.637102 point pt 5 ps 1 lc rgb '#a8cbe3' front
set label 11 '9–13 (1)' at screen 0.816151,0.637102 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '' at screen 0.781451,0.573683 point pt 5 ps 1 lc rgb '#dbe9f3' front
set label 13 '7–9 (0)' at screen 0.816151,0.573683 left font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 'a' at screen 0.112271,0.3519 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 15 'b' at screen 0.112271,0.757635 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
set label 16 'c' at screen 0.634479,0.3519 center font 'Noto Sans,12' textcolor rgb '#ffffff' front
plot $data index 0 using 1:2:3:4:5:6 with boxxyerror fc rgb '#a8cbe3' fs solid 1 border rgb '#ffffff' notitle, \
  $data index 1 using 1:2:3:4:5:6 with boxxyerror fc rgb '#2479b3' fs solid 1 border rgb '#ffffff' notitle, \
  $data index 2 using 1:2:3:4:5:6 with boxxyerror fc rgb '#004a78' fs solid 1 border rgb '#ffffff' notitle
unset output
print 'points ', STATS_records
