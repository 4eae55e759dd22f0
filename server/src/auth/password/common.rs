//! Passwords that guessing programs try first, as far as they are long enough to be chosen at all: a list of the most
//! common ones (`common.txt`), and what people make by rule – names, dates, runs of keys, love in digits.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The list, most common first; lines with `#` say where it is from. It is in the server alone.
const LIST: &str = include_str!("common.txt");

/// Of the list, so many are refused two by two as well.
const TOP: usize = 2_000;

/// Digits and signs around something common that do not make it better.
const AROUND: usize = 8;

static RANK: LazyLock<HashMap<&str, usize>> =
    LazyLock::new(|| LIST.lines().filter(|line| !line.starts_with('#')).zip(0..).collect());

/// The usual surnames in pinyin.
const SURNAMES: &str = "an bai bao bei bi cai cao ceng chai chang chen cheng chu cui dai deng di ding dong dou du duan fan fang fei \
    feng fu gao ge gong gu guan guo han hao he hong hou hu hua huang huo ji jia jiang jin kang kong lan lang le \
    lei li liang liao lin ling liu long lu luo lv ma mao mei meng mi miao min ming mu ni nie ou ouyang pan pang \
    pei peng qi qian qin qiu qu ren rong ruan shang shangguan shao shen sheng shi shu si sima song su sun tan \
    tang tao teng tian tong wan wang wei wen weng wu xi xia xiang xiao xie xing xiong xu xue yan yang yao ye yi \
    yin you yu yuan yun zeng zhang zhao zheng zhong zhou zhu zhuang zhuge zou zuo";

/// Every syllable of pinyin without its tone.
const SYLLABLES: &str = "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen \
    ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci \
    cong cou cu cuan cui cun cuo da dai dan dang dao de den deng di dian diao die ding diu dong dou du duan dui \
    dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou \
    gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hm hong hou hu hua huai huan huang \
    hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke ken keng \
    kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin \
    ling liu lo long lou lu luan lun luo lv lve m ma mai man mang mao me mei men meng mi mian miao mie min ming \
    miu mo mou mu n na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun \
    nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao \
    qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai \
    san sang sao se sen seng sha shai shan shang shao she shen sheng shi shou shu shua shuai shuan shuang shui \
    shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong tou tu tuan \
    tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun \
    ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan \
    zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui \
    zun zuo";

/// Rows of keys and runs, forwards; backwards is tried too.
const RUNS: &[&str] = &[
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "!@#$%^&*()",
    "147258369",
    "789456123",
];

/// Digits that are words when they are said.
const SAID: &[&str] = &["5201314", "7758521", "1314", "520", "521", "888", "666", "168", "518", "woaini"];

/// Whether a password, in lower case and of usual width, is one of the first to be tried: common with at most eight
/// digits or signs around it, a name with a date, a run, one short piece repeated, or nothing but digits.
pub fn is_common(folded: &str) -> bool {
    let plain = unleet(folded);
    [folded, &plain].into_iter().any(|text| listed_within(text) || named(text))
        || repeats(folded)
        || runs(folded)
        || digits(folded)
        || said(folded)
}

/// Letters for the signs and digits that look like them: `p@ssw0rd` is `password`.
fn unleet(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '@' => 'a',
            '0' => 'o',
            '$' => 's',
            '!' => 'i',
            '3' => 'e',
            other => other,
        })
        .collect()
}

/// Whether what is left without some of the digits and signs at the ends is in the list, or is two of its first.
fn listed_within(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let loose = |c: &&char| !c.is_alphabetic();
    let before = chars.iter().take_while(loose).count().min(AROUND);
    let after = chars.iter().rev().take_while(loose).count().min(AROUND);
    (0..=before).any(|from| {
        (0..=after.min(AROUND - from)).any(|cut| {
            let end = chars.len().saturating_sub(cut);
            from < end && {
                let middle: String = chars[from..end].iter().collect();
                RANK.contains_key(middle.as_str()) || two(&middle)
            }
        })
    })
}

/// Two of the first of the list, one after the other.
fn two(text: &str) -> bool {
    let top = |part: &str| RANK.get(part).is_some_and(|rank| *rank < TOP);
    text.char_indices().skip(1).any(|(at, _)| top(&text[..at]) && top(&text[at..]))
}

/// A Chinese name in pinyin, with a date or other digits around it.
fn named(text: &str) -> bool {
    let core = text.trim_matches(|c: char| !c.is_ascii_alphabetic());
    let around = text.chars().count() - core.chars().count();
    around <= AROUND
        && core.is_ascii()
        && SURNAMES.split(' ').filter_map(|surname| core.strip_prefix(surname)).any(|given| {
            SYLLABLES
                .split(' ')
                .filter_map(|first| given.strip_prefix(first))
                .any(|rest| rest.is_empty() || SYLLABLES.split(' ').any(|second| rest == second))
        })
}

/// One piece of at most six characters, over and over.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=6).any(|size| {
        chars.len() > size && chars.chunks(size).all(|chunk| chunk == &chars[..chunk.len().min(size)])
    })
}

/// A piece of a run, forwards or backwards, with at most four digits or signs around it.
fn runs(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let backwards: String = bare.chars().rev().collect();
    let letters = text.trim_matches(|c: char| !c.is_alphabetic());
    let around = text.chars().count() - letters.chars().count();
    RUNS.iter().any(|run| {
        run.contains(text)
            || !bare.is_empty() && (run.contains(bare) || run.contains(&backwards))
            || around <= 4 && letters.len() >= 6 && run.contains(letters)
    })
}

/// Nothing but digits, three characters aside: dates, telephones, a letter before them.
fn digits(text: &str) -> bool {
    let length = text.chars().count();
    length < 14 && text.chars().filter(char::is_ascii_digit).count() + 3 >= length
}

/// 我爱你一生一世 and the like, in the digits that sound like it, with little else.
fn said(text: &str) -> bool {
    let rest = SAID.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().count() < 4 && rest.len() < text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_ten_thousand_long_and_folded() {
        assert!(RANK.len() >= 12_000, "{}", RANK.len());
        assert!(RANK.keys().all(|word| *word == word.to_lowercase() && word.len() >= 4));
    }

    #[test]
    fn what_an_office_really_uses_is_refused() {
        for common in [
            "password123",
            "p@ssw0rd2024",
            "admin@1234",
            "qwertyuiop",
            "1qaz2wsx3edc",
            "qweasdzxc123",
            "abcd123456",
            "woaini1314520",
            "zhangwei1988",
            "lixiaoming123",
            "wangfang19900101",
            "zhongguo2008",
            "baoxian2024!",
            "taikang123456",
            "pingan888888",
            "shanghai2024",
            "kefuzhongxin1",
            "wodemima123",
            "mimamima2024",
            "5201314520",
            "66666666666",
            "abcabcabcabc",
            "19900101000",
            "20240101abc",
            "!@#$%^&*()",
            "poiuytrewq",
            "xinniankuaile1",
            "gongxifacai8",
            "adminadmin1",
            "iloveyou1234",
            "letmein2024",
            "a1234567890",
        ] {
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn a_sentence_of_ones_own_is_taken() {
        for own in [
            "aquietharbour",
            "静静的港湾里有十只船",
            "sevenbluecupsonashelf",
            "k7pm-x2wq-9vzt-4hcd",
            "hedanglvyuzhou8tuitian",
            "tu9-wei0-yang3-hua",
            "correct horse battery staple",
        ] {
            assert!(!is_common(own), "{own}");
        }
    }
}
