set encoding utf8
set print '-'
$data << END_OF_DATA
0 0
0.333333333333 0.287428273344
0.666666666667 0.593635889411
1 1
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Area' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Source: places.csv. n = 3.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0677264
set rmargin at screen 0.581911
set bmargin at screen 0.177057
set tmargin at screen 0.852037
set border 1 back lc rgb '#888888' lw 1
set xrange [0:1]
set xtics nomirror out scale 0.4 ('' 0, '' 0.2, '' 0.4, '' 0.6, '' 0.8, '' 1)
set grid noxtics
set yrange [0:1]
set ytics nomirror out scale 0 ('' 0, '' 0.2, '' 0.4, '' 0.6, '' 0.8, '' 1)
set grid ytics
set label 3 '0%' at screen 0.0677264,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 4 '20%' at screen 0.170563,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '40%' at screen 0.2734,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '60%' at screen 0.376237,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '80%' at screen 0.479074,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '100%' at screen 0.581911,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '0%' at screen 0.0586079,0.177057 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '20%' at screen 0.0586079,0.312053 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '40%' at screen 0.0586079,0.447049 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '60%' at screen 0.0586079,0.582045 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '80%' at screen 0.0586079,0.717041 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '100%' at screen 0.0586079,0.852037 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 'Cumulative share of places' at screen 0.324819,0.100998 center font 'Noto Sans,12' textcolor rgb '#555555' front
set label 16 'Cumulative share of area' at screen 0.0121581,0.885702 left font 'Noto Sans,12' textcolor rgb '#555555' front
set arrow 1 from screen 0.0677264,0.177057 to screen 0.581911,0.852037 nohead lc rgb '#a8a8a8' lw 1 dt (6,5) back
set label 17 'Gini 0.079' at screen 0.594069,0.852037 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
plot $data index 0 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle
unset output
print 'points ', STATS_records
