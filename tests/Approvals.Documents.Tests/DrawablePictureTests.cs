using Approvals.Documents.Images;
using SkiaSharp;

namespace Approvals.Documents.Tests;

/// <summary>Pictures that are kept as they came are decoded once when they come, so that they can be drawn later.</summary>
public sealed class DrawablePictureTests
{
    /// <summary>40 × 40 pixels in seven passes (Adam7), which no decoder gives row by row.</summary>
    private const string Interlaced =
        "iVBORw0KGgoAAAANSUhEUgAAACgAAAAoCAIAAAF0mx+sAAALLklEQVR42g2VEReGMBSGPxpFoyiKRtEoiqIoiqIoiqKdB6IoiqIoiqIoiqIoGkX7FV+4c897n9273ff+fj+iH+WP4cfx4/eLiCLKiCHiiL5zSVRSlgwlR/mdB6KBcmAYOIbvfBAdlAfDwXHw83+kP9ofy4/ny+dHpBFtxBLxfPn8krSkLVlKni+fP5AOtAPLwPPl8w/Sg/ZgOXi+fD8f3yfySX1Kn9Zn8Fl8Dp/H/8IpfkqUkqaUKW3KkLKkHClP+oVb/JaoJW0pW9qWoWVpOVqe9gsv+AvRQrpQLrQLw8KycCw8yxd+8B+ih/ShfGgfhofl4Xh4Hn7ej/BH/CP/Uf/ofkw/th/Xj/er3PMJfWKf3Kf26Xwmn83n8nm/m3sRYUQckUfUEV3EFLFFXBHv1ycvJUyJU/KUOqVLmVK2lCvl/QrzSsKSuCQvqUu6kqlkK7lK3q+rXkvYErfkLXVL1zK1bC1Xy/vV7Q2EA/FAPlAPdAPTwDZwDbzfG3gL4UK8kC/UC93CtLAtXAvv1xbvIDyID/KD+qA7mA62g+vg/V7Mewgf4of8oX7oHqaH7eF6eL+u/Tw8D98j9Ig8Yo/UI/coPWqP1qPzGDwmj8Vj8zg8Lo/H4/U+cYgX4oeEIVFIHJKG5CFlSB3ShnQhQ8gUsoRsIUfIFfKEvOEnjvFi/JgwJoqJY9KYPKaMqWPamC5miJlilpgt5oi5Yp6YN/7EOV6OnxPmRDlxTpqT55Q5dU6b0+UMOVPOkrPlHDlXzpPz5p+4xqvxa8KaqCauSWvymrKmrmlrupqhZqpZaraao+aqeWre+hN3eB1+R9gRdcQdaUfeUXbUHW1H1zF0TB1Lx9ZxdFwdT8fbfeIJb8KfCCeiiXgincgnyol6op3oJoaJaWKZ2CaOiWvimXinT7zhbfgb4Ua0EW+kG/lGuVFvtBvdxrAxbSwb28axcW08G+/2iS+8C/8ivIgu4ov0Ir8oL+qL9qK7GC6mi+Viuzgurovn4r0+8Yv34r+EL9FL/JK+5C/lS/3SvnQvw8v0srxsL8fL9fK8vC8/8UP+CH6oH/pH8iP7UfyofjQ/zI/+x/hj/rH+2H+cP+4f9of7plZ4SI/AQ3loj8Qj8yg8Ko/Gw3j0HqPH7LF67B6nx+1hPdz3PYWP9Al8lI/2SXwyn8Kn8ml8jE/vM/rMPqvP7nP63D7Wx32GIEJkSBCiQnRIEpKFFCFVSBNiQvqQMWQOWUP2kDPkDrEh7vvbIkJGBBEqQkckEVlEEVFFNBEmoo8YI+aINWKPOCPuCBvhPq8RMTImiFExOiaJyWKKmCqmiTExfcwYM8esMXvMGXPH2Bj3DYZIkSlBikrRKUlKllKkVClNiknpU8aUOWVN2VPOlDvFprjPxkSOzAlyVI7OSXKynCKnymlyTE6fM+bMOWvOnnPm3Dk2x31TJUpkSVCiSnRJUpKVFCVVSVNiSvqSsWQuWUv2krPkLrEl7nNIUSNrghpVo2uSmqymqKlqmhpT09eMNXPNWrPXnDV3ja1x30iKFtkStKgW3ZK0ZC1FS9XStJiWvmVsmVvWlr3lbLlbbIv7zFd0yI6gQ3XojqQj6yg6qo6mw3T0HWPH3LF27B1nx91hO9w3z2JADgQDakAPJAPZQDFQDTQDZqAfGAfmgXVgHzgH7gE74D5fFxNyIphQE3oimcgmiolqopkwE/3EODFPrBP7xDlxT9gJ95mBWJALwYJa0AvJQrZQLFQLzYJZ6BfGhXlhXdgXzoV7wS64b2WIDbkRbKgNvZFsZBvFRrXRbJiNfmPcmDfWjX3j3Lg37Ib7nEQcyIPgQB3og+QgOygOqoPmwBz0B+PBfLAe7AfnwX1gD9y3jcSFvAgu1IW+SC6yi+KiumguzEV/MV7MF+vFfnFe3Bf2wn02JB7kQ/CgHvRD8pA9FA/VQ/NgHvqH8WF+WB/2h/PhfrAP7lt04kW+BC/qRb8kL9lL8VK9NC/mpX8ZX+aX9WV/OV/uF/viPg/7CYTAE0iBLwgEoUAJIoEWxIJEkAoyQS4oBKWgEtSCRtAKjKAT9IJBMAomwSxYBKtgE+yCQ3AKLsEteARW8Aqc+MASIfEkUuJLAkkoUZJIoiWxJJGkkkySSwpJKakktaSRtBIj6SS9ZJCMkkkySxbJKtkku+SQnJJLckseiZW8Eic/cIAI8AJkgB8QBIQBKiAK0AFxQBKQBmQBeUARUAZUAXVAE9AGmIAuoA8YAsaAKWAOWALWgC1gDzgCzoAr4A54AmzAG+CCD6wQCk8hFb4iUIQKpYgUWhErEkWqyBS5olCUikpRKxpFqzCKTtErBsWomBSzYlGsik2xKw7FqbgUt+JRWMWrcOoDa4TG00iNrwk0oUZpIo3WxJpEk2oyTa4pNKWm0tSaRtNqjKbT9JpBM2omzaxZNKtm0+yaQ3NqLs2teTRW82qc/sAJIsFLkAl+QpAQJqiEKEEnxAlJQpqQJeQJRUKZUCXUCU1Cm2ASuoQ+YUgYE6aEOWFJWBO2hD3hSDgTroQ74UmwCW+CSz5whsjwMmSGnxFkhBkqI8rQGXFGkpFmZBl5RpFRZlQZdUaT0WaYjC6jzxgyxowpY85YMtaMLWPPODLOjCvjzngybMab4bIPXCAKvAJZ4BcEBWGBKogKdEFckBSkBVlBXlAUlAVVQV3QFLQFpqAr6AuGgrFgKpgLloK1YCvYC46Cs+AquAueAlvwFrjiA1eICq9CVvgVQUVYoSqiCl0RVyQVaUVWkVcUFWVFVVFXNBVthanoKvqKoWKsmCrmiqVirdgq9oqj4qy4Ku6Kp8JWvBWu+sANosFrkA1+Q9AQNqiGqEE3xA1JQ9qQNeQNRUPZUDXUDU1D22Aauoa+YWgYG6aGuWFpWBu2hr3haDgbroa74WmwDW+Daz6wQRg8gzT4hsAQGpQhMmhDbEgMqSEz5IbCUBoqQ21oDK3BGDpDbxgMo2EyzIbFsBo2w244DKfhMtyGx2ANr8GZD9wjerwe2eP3BD1hj+qJenRP3JP0pD1ZT95T9JQ9VU/d0/S0Paan6+l7hp6xZ+qZe5aetWfr2XuOnrPn6rl7nh7b8/a4/gOPiBFvRI74I8FIOKJGohE9Eo8kI+lINpKPFCPlSDVSjzQj7YgZ6Ub6kWFkHJlG5pFlZB3ZRvaRY+QcuUbukWfEjrwjbvzAM2LGm5Ez/kwwE86omWhGz8QzyUw6k83kM8VMOVPN1DPNTDtjZrqZfmaYGWemmXlmmVlntpl95pg5Z66Ze+aZsTPvjJs/8IpY8Vbkir8SrIQraiVa0SvxSrKSrmQr+UqxUq5UK/VKs9KumJVupV8ZVsaVaWVeWVbWlW1lXzlWzpVr5V55VuzKu+LWD7wjdrwduePvBDvhjtqJdvROvJPspDvZTr5T7JQ71U690+y0O2an2+l3hp1xZ9qZd5addWfb2XeOnXPn2rl3nh278+64/QOfiBPvRJ74J8FJeKJOohN9Ep8kJ+lJdpKfFCflSXVSnzQn7Yk56U76k+FkPJlO5pPlZD3ZTvaT4+Q8uU7uk+fEnrwn7vzAN+LGu5E3/k1wE96om+hG38Q3yU16k93kN8VNeVPd1DfNTXtjbrqb/ma4GW+mm/lmuVlvtpv95rg5b66b++a5sTfvjbs/sEVYPIu0+JbAElqUJbJoS2xJLKkls+SWwlJaKkttaSytxVg6S28ZLKNlssyWxbJaNstuOSyn5bLclsdiLa/F2Q/sEA7PIR2+I3CEDuWIHNoROxJH6sgcuaNwlI7KUTsaR+swjs7ROwbH6Jgcs2NxrI7NsTsOx+m4HLfjcVjH63COP9nu1vn7PNORAAAAAElFTkSuQmCC";

    [Fact]
    public void Whole_pictures_of_every_kind_can_be_drawn()
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
            Assert.Null(Judge(Pictures.Portrait(613, 779, format)));
        Assert.Null(Judge(Pictures.Signature()));
        Assert.Null(Judge(Convert.FromBase64String(Interlaced)));
    }

    [Fact]
    public void A_picture_cut_short_is_refused()
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var whole = Pictures.Portrait(613, 779, format);
            Assert.Equal(PhotoRefusal.Damaged, Judge(whole[..(whole.Length / 2)]));
        }

        Assert.Equal(PhotoRefusal.Damaged, Judge(Convert.FromBase64String(Interlaced)[..1500]));
    }

    [Fact]
    public void What_only_begins_like_a_picture_is_none()
    {
        Assert.Equal(PhotoRefusal.NotAPicture, Judge([.. UndrawablePictureTests.Bomb[..8], 1, 2, 3]));
        Assert.Equal(PhotoRefusal.NotAPicture, Judge([]));
    }

    [Fact]
    public void Too_many_pixels_are_refused_by_the_head_alone() =>
        Assert.Equal(PhotoRefusal.TooManyPixels, Judge(UndrawablePictureTests.Bomb));

    private static PhotoRefusal? Judge(byte[] content)
    {
        using var stream = new MemoryStream(content);
        var refusal = DrawablePicture.Refuse(stream);
        Assert.Equal(refusal, DrawablePicture.Refuse(content));
        return refusal;
    }
}
