set encoding utf8
set print '-'
$data << END_OF_DATA
-5 1 -5 0 0 1
0 2 0 5 0 2
5 1 5 10 0 1
10 2 10 15 0 2
15 5 15 20 0 5
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Rate' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Source: places.csv. Rows without a value: 1. n = 11.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0317082
set rmargin at screen 0.98045
set bmargin at screen 0.177057
set tmargin at screen 0.812136
set border 1 back lc rgb '#888888' lw 1
set xrange [-5:20]
set xtics nomirror out scale 0.4 ('' -5, '' 0, '' 5, '' 10, '' 15, '' 20)
set grid noxtics
set yrange [0:5]
set ytics nomirror out scale 0 ('' 0, '' 1, '' 2, '' 3, '' 4, '' 5)
set grid ytics
set label 3 '−5' at screen 0.0317082,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 4 '0' at screen 0.221457,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '5' at screen 0.411205,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '10' at screen 0.600953,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '15' at screen 0.790702,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '20' at screen 0.98045,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '0' at screen 0.0225897,0.177057 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '1' at screen 0.0225897,0.304073 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '2' at screen 0.0225897,0.431089 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '3' at screen 0.0225897,0.558105 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '4' at screen 0.0225897,0.685121 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '5' at screen 0.0225897,0.812136 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 'Rate' at screen 0.506079,0.100998 center font 'Noto Sans,12' textcolor rgb '#555555' front
set label 16 'Rows' at screen 0.0121581,0.845802 left font 'Noto Sans,12' textcolor rgb '#555555' front
set arrow 1 from screen 0.729982,0.177057 to screen 0.729982,0.847049 nohead lc rgb '#1a1a1a' lw 1 dt (6,5) front
set label 17 'median 13.4' at screen 0.741253,0.837074 left font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
plot $data index 0 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs solid 1 border rgb '#ffffff' notitle
unset output
print 'points ', STATS_records
