"""Names and terms that the data lack: provinces, and words of exchange between cities; written for this project."""

from __future__ import annotations

from typing import Final

PROVINCES: Final = """
京畿道|Gyeonggi-do|경기도
京畿|Gyeonggi|경기
江原道|Gangwon-do|강원도
江原|Gangwon|강원
江原特别自治道|Gangwon State|강원특별자치도
忠清北道|Chungcheongbuk-do|충청북도
忠清北道|North Chungcheong|충북
忠清南道|Chungcheongnam-do|충청남도
忠清南道|South Chungcheong|충남
忠清|Chungcheong|충청
全罗北道|Jeollabuk-do|전라북도
全罗北道|North Jeolla|전북
全罗南道|Jeollanam-do|전라남도
全罗南道|South Jeolla|전남
全罗|Jeolla|전라
庆尚北道|Gyeongsangbuk-do|경상북도
庆尚北道|North Gyeongsang|경북
庆尚南道|Gyeongsangnam-do|경상남도
庆尚南道|South Gyeongsang|경남
庆尚|Gyeongsang|경상
济州|Jeju|제주
济州特别自治道|Jeju-do|제주도
首尔|Seoul|서울
首尔特别市|Seoul Special City|서울특별시
首尔市|Seoul City|서울시
仁川|Incheon|인천
仁川广域市|Incheon Metropolitan City|인천광역시
釜山|Busan|부산
釜山广域市|Busan Metropolitan City|부산광역시
大邱|Daegu|대구
大邱广域市|Daegu Metropolitan City|대구광역시
光州|Gwangju|광주
光州广域市|Gwangju Metropolitan City|광주광역시
大田|Daejeon|대전
大田广域市|Daejeon Metropolitan City|대전광역시
蔚山|Ulsan|울산
蔚山广域市|Ulsan Metropolitan City|울산광역시
世宗|Sejong|세종
山东|Shandong|산둥
山东|Shandong|산동
山东省|Shandong Province|산둥성
江苏|Jiangsu|장쑤
江苏省|Jiangsu Province|장쑤성
浙江|Zhejiang|저장
浙江省|Zhejiang Province|저장성
广东|Guangdong|광둥
广东省|Guangdong Province|광둥성
福建|Fujian|푸젠
福建省|Fujian Province|푸젠성
辽宁|Liaoning|랴오닝
辽宁省|Liaoning Province|랴오닝성
吉林|Jilin|지린
吉林省|Jilin Province|지린성
黑龙江|Heilongjiang|헤이룽장
黑龙江省|Heilongjiang Province|헤이룽장성
河北|Hebei|허베이
河北省|Hebei Province|허베이성
河南|Henan|허난
河南省|Henan Province|허난성
山西|Shanxi|산시
陕西|Shaanxi|산시
陕西省|Shaanxi Province|산시성
湖北|Hubei|후베이
湖北省|Hubei Province|후베이성
湖南|Hunan|후난
湖南省|Hunan Province|후난성
安徽|Anhui|안후이
安徽省|Anhui Province|안후이성
江西|Jiangxi|장시
江西省|Jiangxi Province|장시성
四川|Sichuan|쓰촨
四川省|Sichuan Province|쓰촨성
云南|Yunnan|윈난
云南省|Yunnan Province|윈난성
贵州|Guizhou|구이저우
贵州省|Guizhou Province|구이저우성
海南|Hainan|하이난
海南省|Hainan Province|하이난성
甘肃|Gansu|간쑤
青海|Qinghai|칭하이
台湾|Taiwan|대만
台湾|Taiwan|타이완
内蒙古|Inner Mongolia|내몽골
广西|Guangxi|광시
西藏|Tibet|티베트
宁夏|Ningxia|닝샤
新疆|Xinjiang|신장
北京|Beijing|베이징
上海|Shanghai|상하이
天津|Tianjin|톈진
重庆|Chongqing|충칭
香港|Hong Kong|홍콩
澳门|Macau|마카오
延边|Yanbian|연변
延边|Yanbian|옌볜
中国|China|중국
韩国|South Korea|한국
韩国|South Korea|대한민국
朝鲜|North Korea|북한
日本|Japan|일본
"""
"""One province or short form a line: Chinese, English, Korean."""

TERMS: Final = """
姊妹城市|sister city|자매도시
友好城市|friendship city|우호도시
友好城市|friendly city|우호도시
姊妹|sister ties|자매결연
结好|establishing ties|자매결연
地方政府|local government|지방정부
地方政府|local authority|지방자치단체
地方外交|local diplomacy|지방외교
交流|exchange|교류
合作|cooperation|협력
贸易|trade|무역
自由贸易协定|free trade agreement|자유무역협정
自贸区|free trade zone|자유무역지대
自贸协定|FTA|자유무역협정
经济|economy|경제
投资|investment|투자
企业|enterprise|기업
产业|industry|산업
产业园|industrial park|산업단지
园区|industrial park|단지
文化|culture|문화
教育|education|교육
旅游|tourism|관광
青少年|youth|청소년
体育|sports|체육
行政|administration|행정
环境|environment|환경
农业|agriculture|농업
港口|port|항구
航线|route|항로
物流|logistics|물류
出口|export|수출
进口|import|수입
展览|exhibition|전시
展馆|pavilion|전시관
签署|sign|체결
协议|agreement|협의
协定|agreement|협정
建交|diplomatic relations|수교
外交|diplomacy|외교
访问|visit|방문
代表团|delegation|대표단
会议|conference|회의
论坛|forum|포럼
研讨会|seminar|세미나
机制|mechanism|메커니즘
现状|current situation|현황
政策|policy|정책
发展|development|발전
中央政府|central government|중앙정부
市长|mayor|시장
道知事|governor|도지사
省长|governor|성장
城市|city|도시
省|province|성
次数|number of times|횟수
数量|number|수량
比例|proportion|비율
年度|year|연도
人口|population|인구
"""
"""One term a line: Chinese, English, Korean."""
